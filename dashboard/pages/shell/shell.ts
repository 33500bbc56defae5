import { fill, h, text } from '../dom/element.js';
import { onFrame } from '../dom/frame.js';
import { capitalised } from '../logic/risk.js';
import { chooseTheme, chosenTheme, type Theme } from '../dom/theme.js';
import type { DataSource } from '../source/source.js';
import type { FeedIndicator } from './feed-indicator.js';
import { navigation } from './navigation.js';
import type { Frame } from './page.js';
import { patientSearch } from './search.js';
import { timeTravel } from './time-travel.js';

const THEMES: readonly Theme[] = ['system', 'light', 'dark'];

/** The frame of every page: header, the place of the page, footer. */
export interface Shell {
  readonly main: HTMLElement;
  announce(words: string): void;
  /** The route has changed. */
  update(): void;
}

export function shell(body: HTMLElement, frame: Frame, feed: FeedIndicator, source: DataSource): Shell {
  const nav = navigation();
  const travel = timeTravel(frame);
  const main = h('main', { id: 'main', tabindex: '-1' });
  const spoken = h('div', { class: 'unseen', role: 'status', 'aria-live': 'polite' });
  const live = source.snapshotOf === null;
  const header = h(
    'header',
    {},
    h(
      'a',
      { class: 'brand', href: '#/hospital', 'aria-label': 'Vitals, start' },
      h('span', { 'aria-hidden': 'true' }, 'Vitals'),
    ),
    nav.element,
    patientSearch(frame),
    live && travel.button,
    feed.element,
    themeButton(),
  );
  body.append(skipLink(main), header, live ? travel.bar : '', main, footer(), spoken);
  return {
    main,
    announce: (words) => onFrame(spoken, () => text(spoken, words)),
    update: () => {
      nav.show(frame.route);
      travel.update();
      feed.asOf(frame.route.params['as_of']);
      document.documentElement.toggleAttribute('data-wall', wall(frame));
    },
  };
}

/** Large type for a screen on a wall: `?wall=1` before or behind the `#`. */
function wall(frame: Frame): boolean {
  return frame.route.params['wall'] === '1' || new URLSearchParams(location.search).get('wall') === '1';
}

/** Not a real link target: the part behind the `#` is the route. */
function skipLink(main: HTMLElement): HTMLElement {
  const skip = (event: Event): void => {
    event.preventDefault();
    main.focus();
  };
  return h('a', { class: 'skip', href: '#main', on: { click: skip } }, 'Skip to content');
}

function themeButton(): HTMLElement {
  const button = h('button', { type: 'button', class: 'quiet theme' });
  const show = (): void =>
    fill(
      button,
      h('span', { 'aria-hidden': 'true' }, '◐ '),
      h('span', { class: 'unseen' }, 'Colours: '),
      capitalised(chosenTheme()),
    );
  button.addEventListener('click', () => {
    chooseTheme(THEMES[(THEMES.indexOf(chosenTheme()) + 1) % THEMES.length] ?? 'system');
    show();
  });
  show();
  return button;
}

function footer(): HTMLElement {
  return h(
    'footer',
    {},
    h('strong', {}, 'Not a medical device.'),
    ' For software engineering, teaching and evaluation on synthetic or recorded data. Never use it to care for a patient. ',
    'Times are in your zone; UTC is under the pointer.',
  );
}
