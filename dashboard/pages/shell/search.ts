import type { SearchAnswer } from '../../api.js';
import { attribute, fill, h } from '../dom/element.js';
import { placeText } from '../logic/format.js';
import { formatRoute, otherPage } from '../logic/route.js';
import type { Frame } from './page.js';

/** After the last key, milliseconds: a word is asked for, not each of its letters. */
const PAUSE_MS = 150;

/** Finds a patient by pseudonym, ward or bed: a combobox as the ARIA Authoring Practices describe it. */
export function patientSearch(frame: Frame): HTMLElement {
  const list = h('ul', { id: 'search-list', role: 'listbox', 'aria-label': 'Patients found', class: 'search-list' });
  list.hidden = true;
  const input = h('input', {
    type: 'search',
    role: 'combobox',
    'aria-label': 'Find a patient by ward, bed or pseudonym',
    'aria-controls': 'search-list',
    'aria-expanded': 'false',
    'aria-autocomplete': 'list',
    autocomplete: 'off',
    placeholder: 'Ward, bed or patient',
  });
  let asked = new AbortController();
  let timer = 0;
  let found: readonly string[] = [];
  let chosen = -1;

  const open = (shown: boolean): void => {
    list.hidden = !shown;
    attribute(input, 'aria-expanded', String(shown));
    if (!shown) choose(-1);
  };
  const choose = (index: number): void => {
    chosen = index;
    [...list.children].forEach((option, at) => attribute(option, 'aria-selected', String(at === index)));
    attribute(input, 'aria-activedescendant', index < 0 ? null : `search-${index}`);
  };
  const go = (id: string | undefined): void => {
    if (id === undefined) return;
    open(false);
    input.value = '';
    frame.go(otherPage(frame.route, { page: 'patient', patient: id }));
  };
  const show = ({ patients }: SearchAnswer): void => {
    found = patients.map((patient) => patient.patient_id);
    const options = patients.map((patient, index) => option(patient, index, () => go(patient.patient_id)));
    const nobody = h('li', { role: 'option', 'aria-disabled': 'true', 'aria-selected': 'false' }, 'Nobody found');
    fill(list, ...(options.length > 0 ? options : [nobody]));
    open(true);
    frame.announce(`${found.length} patients found`);
  };
  const ask = async (): Promise<void> => {
    asked.abort();
    asked = new AbortController();
    const { signal } = asked;
    if (input.value.trim() === '') return open(false);
    const answer = await frame.source.search(input.value.trim(), signal).catch(() => null);
    if (answer && !signal.aborted) show(answer);
  };

  input.addEventListener('input', () => {
    window.clearTimeout(timer);
    timer = window.setTimeout(() => void ask(), PAUSE_MS);
  });
  input.addEventListener('blur', () => window.setTimeout(() => open(false), 150));
  input.addEventListener('keydown', (event) => {
    if (event.key === 'Escape') open(false);
    if (event.key === 'Enter') go(found[Math.max(0, chosen)]);
    if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return;
    event.preventDefault();
    if (found.length === 0) return;
    choose((chosen + (event.key === 'ArrowDown' ? 1 : found.length - (chosen < 0 ? 0 : 1))) % found.length);
  });
  return h('div', { class: 'search', role: 'search' }, input, list);

  function option(patient: SearchAnswer['patients'][number], index: number, pick: () => void): HTMLElement {
    const link = formatRoute(otherPage(frame.route, { page: 'patient', patient: patient.patient_id }));
    return h(
      'li',
      { id: `search-${index}`, role: 'option', 'aria-selected': 'false', 'data-link': link, on: { mousedown: pick } },
      h('strong', {}, placeText(patient.ward, patient.bed, 'no bed')),
      ` ${patient.patient_id.slice(0, 12)}`,
    );
  }
}
