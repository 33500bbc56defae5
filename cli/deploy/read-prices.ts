import { readFile } from 'node:fs/promises';
import { ConfigurationError } from '../../schema/errors.js';
import { LIST_PRICES, type Price, type PriceName, type Prices } from './prices.js';

/** The prices of a run, and where they come from. */
export interface PriceBook {
  readonly prices: Prices;
  /** The file that replaced some, null when it is the list as it stands here. */
  readonly file: string | null;
}

const REMEDY = 'Write a JSON object of names and dollars, such as {"pubsub_tib": 40}; docs/costs.md lists the names.';

/**
 * The list, with what `--prices FILE` replaces: a JSON object from names to dollars.
 *
 * @throws ConfigurationError naming the file, the name and the value
 */
export async function readPrices(file: string | undefined): Promise<PriceBook> {
  if (file === undefined) return { prices: LIST_PRICES, file: null };
  const text = await readFile(file, 'utf8').catch((cause: NodeJS.ErrnoException) => {
    throw new ConfigurationError('--prices', `${file} cannot be read (${cause.code ?? cause.message})`, REMEDY);
  });
  const replaced = Object.entries(objectOf(file, text)).map(([name, usd]) => [name, priceOf(file, name, usd)] as const);
  return { prices: { ...LIST_PRICES, ...Object.fromEntries(replaced) }, file };
}

function objectOf(file: string, text: string): object {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value;
  } catch (cause) {
    throw new ConfigurationError('--prices', `${file} is no JSON (${(cause as Error).message})`, REMEDY);
  }
  throw new ConfigurationError('--prices', `${file} is no object`, REMEDY);
}

function priceOf(file: string, name: string, usd: unknown): Price {
  if (!(name in LIST_PRICES))
    throw new ConfigurationError('--prices', `${file} prices ${name}, which is not known`, REMEDY);
  if (typeof usd !== 'number' || !Number.isFinite(usd) || usd < 0) {
    throw new ConfigurationError(
      '--prices',
      `${file} says ${JSON.stringify(usd)} for ${name}, which is no price`,
      REMEDY,
    );
  }
  return { ...LIST_PRICES[name as PriceName], usd, source: file, seen: null };
}
