/** Text that may stand in an element or attribute. */
export function escaped(text: string): string {
  return text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;').replace(/"/g, '&quot;');
}

export const INK = {
  text: '#1b1f24',
  faint: '#57606a',
  grid: '#d8dee4',
  simulated: '#0b61a4',
  reference: '#b3400b',
} as const;

/** A whole SVG document, readable on its own: title and description for who does not see it, white behind it. */
export function svgDocument(width: number, height: number, title: string, description: string, body: string): string {
  return (
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" ` +
    `role="img" aria-labelledby="title description" font-family="system-ui, sans-serif" font-size="12">\n` +
    `<title id="title">${escaped(title)}</title>\n<desc id="description">${escaped(description)}</desc>\n` +
    `<rect width="${width}" height="${height}" fill="#ffffff"/>\n` +
    label(16, 26, title, { size: 16, weight: 600 }) +
    label(16, 44, description, { fill: INK.faint }) +
    body +
    '</svg>\n'
  );
}

interface LabelStyle {
  readonly anchor?: 'start' | 'middle' | 'end';
  readonly fill?: string;
  readonly size?: number;
  readonly weight?: number;
}

/** A line of text. */
export function label(x: number, y: number, text: string, style: LabelStyle = {}): string {
  const { anchor = 'start', fill = INK.text, size = 12, weight = 400 } = style;
  const place = `x="${coordinate(x)}" y="${coordinate(y)}" text-anchor="${anchor}"`;
  return `<text ${place} fill="${fill}" font-size="${size}" font-weight="${weight}">${escaped(text)}</text>\n`;
}

/** A coordinate to a hundredth: enough for the eye, and the same on every platform. */
export function coordinate(value: number): string {
  return String(Math.round(value * 100) / 100);
}
