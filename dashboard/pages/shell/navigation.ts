import { attribute, h } from '../dom/element.js';
import { formatRoute, otherPage, PAGES, type Route } from '../logic/route.js';
import { capitalised } from '../logic/risk.js';

/** The links to the pages; says which one is shown. */
export function navigation(): { readonly element: HTMLElement; show(route: Route): void } {
  const links = PAGES.map((page) => [page, h('a', {}, capitalised(page))] as const);
  const list = h('ul', {}, ...links.map(([, link]) => h('li', {}, link)));
  return {
    element: h('nav', { 'aria-label': 'Pages' }, list),
    show: (route) => {
      for (const [page, link] of links) {
        attribute(link, 'href', formatRoute(otherPage(route, { page })));
        attribute(link, 'aria-current', page === route.page ? 'page' : null);
      }
    },
  };
}
