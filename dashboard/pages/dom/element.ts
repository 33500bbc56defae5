/** What an element may hold. Strings become text nodes: there is no way from data to markup here. */
export type Child = Node | string | null | undefined | false;

type Listeners = { readonly [E in keyof HTMLElementEventMap]?: (event: HTMLElementEventMap[E]) => void };

export interface Properties {
  readonly class?: string;
  readonly on?: Listeners;
  /** Attributes by name; true is an empty one, false, null and undefined none. */
  readonly [attribute: string]: string | number | boolean | null | undefined | Listeners;
}

/** An element with attributes, listeners and children. */
export function h<T extends keyof HTMLElementTagNameMap>(
  tag: T,
  properties: Properties = {},
  ...children: readonly Child[]
): HTMLElementTagNameMap[T] {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (name !== 'on') attribute(element, name, value as Attribute);
  }
  for (const [event, listener] of Object.entries(properties.on ?? {})) {
    element.addEventListener(event, listener as EventListener);
  }
  element.append(...present(children));
  return element;
}

/** The same in SVG, which needs no listeners here. */
export function s(
  tag: string,
  attributes: Readonly<Record<string, string | number>> = {},
  ...children: Child[]
): SVGElement {
  const element = document.createElementNS('http://www.w3.org/2000/svg', tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, String(value));
  element.append(...present(children));
  return element;
}

type Attribute = string | number | boolean | null | undefined;

/** Sets an attribute, or takes it away; touches the document only when something changes. */
export function attribute(element: Element, name: string, value: Attribute): void {
  if (value === null || value === undefined || value === false) {
    if (element.hasAttribute(name)) element.removeAttribute(name);
    return;
  }
  const text = value === true ? '' : String(value);
  if (element.getAttribute(name) !== text) element.setAttribute(name, text);
}

/** Replaces the text of an element; leaves it alone where it is the same, so that nothing is laid out for it. */
export function text(element: Element, value: string): void {
  if (element.textContent !== value) element.textContent = value;
}

/** Replaces the children of an element. */
export function fill(element: Element, ...children: readonly Child[]): void {
  element.replaceChildren(...present(children));
}

const present = (children: readonly Child[]): (Node | string)[] =>
  children.filter((child): child is Node | string => child !== null && child !== undefined && child !== false);
