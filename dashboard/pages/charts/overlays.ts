import type uPlot from 'uplot';
import { colour } from '../dom/theme.js';
import { lonePoints } from '../logic/shapes.js';

/** Shades a range of values, behind grid and line: the normal band of a vital. */
export function shadedBand(band: () => readonly [number, number] | null): uPlot.Plugin {
  return {
    hooks: {
      drawClear: (self) => {
        const normal = band();
        if (normal === null) return;
        const { left, top, width, height } = self.bbox;
        const clamp = (y: number): number => Math.min(top + height, Math.max(top, y));
        const upper = clamp(self.valToPos(normal[1], 'y', true));
        const lower = clamp(self.valToPos(normal[0], 'y', true));
        self.ctx.save();
        self.ctx.fillStyle = colour('normal');
        self.ctx.fillRect(left, upper, width, lower - upper);
        self.ctx.restore();
      },
    },
  };
}

/** A dashed line across the chart at a value, with a word at its end; nothing where there is no value. */
export function limitLine(value: () => number | null, word: string): uPlot.Plugin {
  return {
    hooks: {
      draw: (self) => {
        const limit = value();
        if (limit === null) return;
        const { left, top, width, height } = self.bbox;
        const y = self.valToPos(limit, 'y', true);
        if (y < top || y > top + height) return;
        const { ctx } = self;
        ctx.save();
        ctx.strokeStyle = ctx.fillStyle = colour('limit');
        ctx.setLineDash([6, 4]);
        ctx.lineWidth = Math.max(1, devicePixelRatio);
        ctx.beginPath();
        ctx.moveTo(left, y);
        ctx.lineTo(left + width, y);
        ctx.stroke();
        drawWord(ctx, word, left, y);
        ctx.restore();
      },
    },
  };
}

/** Dots for readings without a neighbour, which a line does not show: a laboratory value among gaps. */
export function loneDots(token: string): uPlot.Series.Points {
  return {
    show: true,
    size: 5,
    fill: () => colour(token),
    stroke: () => colour(token),
    filter: (self, series) => lonePoints(self.data[series] as (number | null)[]),
  };
}

/** On a ground of its own, so that a line behind it does not strike it out. */
function drawWord(ctx: CanvasRenderingContext2D, word: string, left: number, y: number): void {
  const size = 11 * devicePixelRatio;
  ctx.font = `${size}px ${getComputedStyle(document.body).fontFamily}`;
  ctx.textAlign = 'left';
  ctx.textBaseline = 'middle';
  const [ink, room] = [ctx.fillStyle, size * 0.35];
  ctx.fillStyle = colour('surface');
  ctx.fillRect(left + room, y - size * 0.7, ctx.measureText(word).width + 2 * room, size * 1.4);
  ctx.fillStyle = ink;
  ctx.fillText(word, left + 2 * room, y);
}
