/** A drawn item: its element, and how it takes the next value of the same key. */
export interface Drawn<T> {
  readonly element: Element;
  update(item: T): void;
}

/**
 * A list that is drawn once and then changed in place: an item keeps its element (and with it focus, scroll position and
 * what is open in it) as long as its key is there. Elements move only where the order has changed.
 */
export class KeyedList<T> {
  private drawn = new Map<string, Drawn<T>>();

  constructor(
    private readonly parent: Element,
    private readonly keyOf: (item: T) => string,
    private readonly draw: (item: T) => Drawn<T>,
  ) {}

  /** Shows these items in this order; each key once. */
  show(items: readonly T[]): void {
    const next = new Map<string, Drawn<T>>();
    for (const item of items) {
      const key = this.keyOf(item);
      const known = this.drawn.get(key);
      if (known) known.update(item);
      next.set(key, known ?? this.draw(item));
    }
    for (const [key, { element }] of this.drawn) if (!next.has(key)) element.remove();
    let place = this.parent.firstElementChild;
    for (const { element } of next.values()) {
      if (element === place) place = place.nextElementSibling;
      else this.parent.insertBefore(element, place);
    }
    this.drawn = next;
  }

  get(key: string): Drawn<T> | undefined {
    return this.drawn.get(key);
  }
}
