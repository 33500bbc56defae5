import { beforeAll, describe, expect, test } from '@jest/globals';
import { ModelRegistry, type Decision } from '../../lake/model-registry/model-registry.js';
import type { ModelFolder } from '../../model/model-folder.js';
import { smallForest } from '../support/forests.js';
import { MemoryStorage } from './memory-storage.js';

const by = (who: string): Decision => ({ who, reason: null, time: Date.UTC(2026, 10, 21) });
const ANA = by('ana');

describe('the registry of models', () => {
  let models: { readonly id: string; readonly files: ModelFolder }[];
  beforeAll(() => {
    models = [1, 2, 3].map(smallForest);
  });

  async function registryOf(
    count: number,
  ): Promise<{ registry: ModelRegistry; storage: MemoryStorage; ids: string[] }> {
    const storage = new MemoryStorage();
    const registry = new ModelRegistry(storage);
    for (const { id, files } of models.slice(0, count)) await registry.register(files, id, ANA);
    return { registry, storage, ids: models.map(({ id }) => id) };
  }

  test('gives back the files that were registered, byte for byte', async () => {
    const { registry, ids } = await registryOf(1);
    const files = await registry.read(ids[0]!);
    for (const name of ['model.json', 'weights.bin'] as const) {
      expect(Buffer.from(files[name]).equals(Buffer.from(models[0]!.files[name]))).toBe(true);
    }
  });

  test('a challenger is promoted without being named, and is no challenger then', async () => {
    const { registry, ids } = await registryOf(2);
    await registry.promote(ids[0]!, ANA);
    await registry.challenge(ids[1]!, ANA);
    expect(await registry.aliases()).toMatchObject({ champion: ids[0], challenger: ids[1] });
    const { events, aliases } = await registry.promote(null, ANA);
    expect(events).toMatchObject([{ event: 'promoted', model_id: ids[1], previous_model_id: ids[0], who: 'ana' }]);
    expect(aliases).toMatchObject({ champion: ids[1], challenger: null, former: [ids[0]] });
  });

  test('two rollbacks go back two promotions, and a third one is refused', async () => {
    const { registry, ids } = await registryOf(3);
    for (const id of ids) await registry.promote(id, ANA);
    expect((await registry.rollback(ANA)).aliases.champion).toBe(ids[1]);
    expect((await registry.rollback(ANA)).aliases.champion).toBe(ids[0]);
    await expect(registry.rollback(ANA)).rejects.toThrow(/no earlier champion.*Promote/);
  });

  test('what is repeated adds no event', async () => {
    const { registry, ids } = await registryOf(2);
    await registry.promote(ids[0]!, ANA);
    await registry.challenge(ids[1]!, ANA);
    const before = await registry.events();
    await registry.register(models[0]!.files, 'again', ANA);
    await registry.promote(ids[0]!, ANA);
    await registry.challenge(ids[1]!, ANA);
    expect(await registry.events()).toEqual(before);
    await registry.retire(ANA);
    await registry.retire(ANA);
    expect((await registry.events()).length).toBe(before.length + 1);
  });

  test('of ten who promote the challenger at once, one promotion is recorded', async () => {
    const { registry, storage, ids } = await registryOf(2);
    await registry.promote(ids[0]!, ANA);
    await registry.challenge(ids[1]!, ANA);
    const outcomes = await Promise.allSettled(
      Array.from({ length: 10 }, (_, i) => new ModelRegistry(storage).promote(null, by(`P${i}`))),
    );
    const done = outcomes.filter(({ status }) => status === 'fulfilled');
    expect(done).toHaveLength(1);
    expect((await registry.events()).filter(({ event }) => event === 'promoted')).toHaveLength(2);
  });

  test('refuses what is not registered, the champion as its own challenger, and no challenger at all', async () => {
    const { registry, ids } = await registryOf(1);
    await expect(registry.promote(ids[1]!, ANA)).rejects.toThrow(/is not registered.*vitals model register/);
    await expect(registry.promote(null, ANA)).rejects.toThrow(/no challenger to promote/);
    await registry.promote(ids[0]!, ANA);
    await expect(registry.challenge(ids[0]!, ANA)).rejects.toThrow(/is the champion/);
  });

  test('a model whose bytes have changed is refused by the name of its file', async () => {
    const { registry, storage, ids } = await registryOf(1);
    const path = `_models/${ids[0]}/weights.bin`;
    const bytes = (await storage.readRange(path, 0, null))!;
    await storage.delete(path);
    await storage.putIfAbsent(path, Buffer.from(bytes).fill(1, 100, 104));
    await expect(registry.read(ids[0]!)).rejects.toThrow(/weights\.bin/);
  });
});
