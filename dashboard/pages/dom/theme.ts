/** Light, dark, or as the system has it. */
export type Theme = 'system' | 'light' | 'dark';

const KEY = 'vitals.theme';
const THEMES: readonly Theme[] = ['system', 'light', 'dark'];
const listeners = new Set<() => void>();
const system = window.matchMedia('(prefers-color-scheme: dark)');

/** What was chosen on this device; a browser that keeps nothing (file://, private) follows the system. */
export function chosenTheme(): Theme {
  return THEMES.find((theme) => theme === remembered(KEY)) ?? 'system';
}

/** Applies and remembers a choice. */
export function chooseTheme(theme: Theme): void {
  remember(KEY, theme);
  applyTheme(theme);
}

/** Sets the colours of the page; charts read them again. */
export function applyTheme(theme: Theme): void {
  const dark = theme === 'dark' || (theme === 'system' && system.matches);
  document.documentElement.dataset['theme'] = dark ? 'dark' : 'light';
  for (const listener of listeners) listener();
}
system.addEventListener('change', () => applyTheme(chosenTheme()));

/** Calls back after each change of colours, until the returned function is called. */
export function onTheme(listener: () => void): () => void {
  listeners.add(listener);
  return () => void listeners.delete(listener);
}

/** A colour of styles/tokens.css, for what is painted on a canvas. */
export function colour(token: string): string {
  return getComputedStyle(document.documentElement).getPropertyValue(`--${token}`).trim();
}

/** What this device remembers under a key; null where it remembers nothing. */
export function remembered(key: string): string | null {
  try {
    return localStorage.getItem(key);
  } catch {
    return null;
  }
}

export function remember(key: string, value: string): void {
  try {
    localStorage.setItem(key, value);
  } catch {
    // Storage is off: the choice holds until the page is closed.
  }
}
