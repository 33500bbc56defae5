import { h } from '../dom/element.js';
import { remember, remembered } from '../dom/theme.js';

const KEY = 'vitals.who';

/** Who acts, remembered on this device. It is a signature in a log, not a login. */
export interface Signature {
  readonly element: HTMLElement;
  /** The name; null, and the field asks for it, when there is none. */
  name(): string | null;
}

export function signature(): Signature {
  const field = h('input', {
    id: 'who',
    type: 'text',
    autocomplete: 'name',
    maxlength: 80,
    value: remembered(KEY) ?? '',
  });
  const ask = h('span', { class: 'ask', role: 'alert' });
  field.addEventListener('input', () => {
    remember(KEY, field.value.trim());
    ask.textContent = '';
  });
  return {
    element: h('div', { class: 'signature' }, h('label', { for: 'who' }, 'You are'), field, ask),
    name: () => {
      const name = field.value.trim();
      if (name !== '') return name;
      ask.textContent = 'Say who you are first: it is written beside what you do.';
      field.focus();
      return null;
    },
  };
}
