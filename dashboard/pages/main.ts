import { alertsPage } from './alerts/page.js';
import { fill } from './dom/element.js';
import { applyTheme, chosenTheme } from './dom/theme.js';
import { hospitalPage } from './hospital/page.js';
import { formatRoute, parseRoute, type Route } from './logic/route.js';
import { patientPage } from './patient/page.js';
import { pipelinePage } from './pipeline/page.js';
import { FeedIndicator } from './shell/feed-indicator.js';
import type { Frame, Page } from './shell/page.js';
import { shell } from './shell/shell.js';
import { httpSource } from './source/http-source.js';
import { snapshotSource } from './source/snapshot-source.js';

const MAKE: Readonly<Record<Route['page'], (frame: Frame) => Page>> = {
  hospital: hospitalPage,
  patient: patientPage,
  alerts: alertsPage,
  pipeline: pipelinePage,
};

/** Starts the pages in a document: reads the route, draws its page, and follows both the address and the events. */
function start(body: HTMLElement): void {
  applyTheme(chosenTheme());
  const copy = window.__VITALS_SNAPSHOT__;
  const source = copy ? snapshotSource(copy) : httpSource();
  const feed = new FeedIndicator(source.snapshotOf);
  let route = parseRoute(location.hash);
  let page: Page | null = null;
  const frame: Frame = {
    source,
    get route() {
      return route;
    },
    go: (next, replace = false) => {
      const link = formatRoute(next);
      if (link === formatRoute(route)) return;
      // Other parts of the address (?wall=1) stay. replaceState tells nobody, so the route is followed by hand.
      if (replace) history.replaceState(null, '', link);
      else history.pushState(null, '', link);
      follow();
    },
    told: (state) => feed.told(state),
    announce: (words) => around.announce(words),
  };
  const around = shell(body, frame, feed, source);

  function follow(): void {
    const last = route;
    route = parseRoute(location.hash);
    around.update();
    if (!page || last.page !== route.page || last.patient !== route.patient) open(page !== null);
    page!.show(route);
  }
  function open(moved: boolean): void {
    page?.destroy();
    page = MAKE[route.page](frame);
    fill(around.main, page.element);
    document.title = `${page.title} · Vitals`;
    if (!moved) return;
    window.scrollTo(0, 0);
    around.main.focus({ preventScroll: true });
    frame.announce(page.title);
  }

  window.addEventListener('popstate', follow);
  document.addEventListener('keydown', (event) => {
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || takesKeys(event.target)) return;
    if (page?.key?.(event.key)) event.preventDefault();
  });
  follow();
  source.listen({
    connection: (connected, retryAt) => {
      feed.connection(connected, retryAt);
      // What happened during the break is asked for.
      if (connected && !route.params['as_of']) page?.committed();
    },
    event: (name, data) => {
      if (name === 'commit') feed.told(data as never);
      if (route.params['as_of']) return;
      if (name === 'commit') page?.committed();
      else page?.alerted?.(data as never, name as 'alert' | 'action');
    },
  });
}

/** Fields and tables that scroll have their own use for keys. */
function takesKeys(target: EventTarget | null): boolean {
  return target instanceof Element && target.closest('input, select, textarea, [role=region][tabindex]') !== null;
}

start(document.body);
