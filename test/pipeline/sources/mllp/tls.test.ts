import { connect as connectPlain } from 'node:net';
import { connect, type ConnectionOptions } from 'node:tls';
import { beforeAll, describe, expect, test } from '@jest/globals';
import { MllpSource } from '../../../../pipeline/sources/mllp/mllp-source.js';
import { mllpSettings, type MllpTls } from '../../../../pipeline/sources/mllp/settings.js';
import { Authority, type Identity } from '../../../support/certificates.js';
import { HEART_RATE, hl7, MSH, OBR, PID } from '../../../transforms/decode/hl7v2-messages.js';
import { codeOf, Sender } from './sender.js';

const NEVER = new AbortController().signal;
const MESSAGE = hl7(MSH, PID, OBR, HEART_RATE);

let hospital: Authority;
let stranger: Authority;
let listener: Identity;
let monitor: Identity;

beforeAll(async () => {
  [hospital, stranger] = await Promise.all([Authority.create('hospital'), Authority.create('stranger')]);
  [listener, monitor] = await Promise.all([hospital.issue('listener'), hospital.issue('monitor')]);
});

async function sealed<T>(tls: MllpTls, work: (source: MllpSource) => Promise<T>): Promise<T> {
  const source = new MllpSource(mllpSettings('mllp://127.0.0.1:0', false, tls), {
    clock: () => 0,
    notice: () => undefined,
    answerPrefix: 'V',
    // Who turns away in the middle of the handshake leaves a socket that only the listener can close.
    limits: { closeMillis: 50 },
  });
  await source.resume();
  try {
    return await work(source);
  } finally {
    await source.close();
  }
}

/** Connects, and agrees on TLS as far as this side can tell. */
async function senderTo(source: MllpSource, options: ConnectionOptions = {}): Promise<Sender> {
  const socket = connect({ host: '127.0.0.1', port: source.port, ca: hospital.certificate, ...options });
  await new Promise<void>((resolve, reject) => {
    socket.once('secureConnect', resolve);
    socket.once('error', reject);
  });
  return new Sender(socket);
}

/** Whether a message that this sender sends is taken and answered; otherwise it has been cut off. */
async function isServed(source: MllpSource, sender: Sender): Promise<boolean> {
  sender.send(MESSAGE);
  const received = source.wait(10_000, NEVER).then(() => 'received');
  if ((await Promise.race([received, sender.ended().then(() => 'ended')])) === 'ended') return false;
  const pulled = await source.pull({ messages: 10, bytes: 1 << 20 });
  expect(pulled.messages.map(({ payload }) => Buffer.from(payload).toString())).toEqual([MESSAGE]);
  await pulled.acknowledge();
  expect((await sender.answered(1)).map(codeOf)).toEqual(['AA M-1']);
  return true;
}

const open = () => ({ ...listener, ca: null });
const closed = () => ({ ...listener, ca: hospital.certificate });

describe('an MLLP listener with TLS', () => {
  test('serves who trusts its certificate, in TLS 1.2 as in 1.3', async () => {
    await sealed(open(), async (source) => {
      expect(await isServed(source, await senderTo(source))).toBe(true);
      expect(await isServed(source, await senderTo(source, { maxVersion: 'TLSv1.2' }))).toBe(true);
      expect(source.incidents.of('encrypted')).toBe(0);
    });
  });

  test('is not trusted by who knows another authority', async () => {
    await sealed(open(), async (source) => {
      await expect(senderTo(source, { ca: stranger.certificate })).rejects.toThrow(/unable to verify|self-signed/);
    });
  });

  test('refuses TLS 1.1', async () => {
    await sealed(open(), async (source) => {
      // OpenSSL itself offers 1.1 at its lowest security level only.
      const old = { minVersion: 'TLSv1.1', maxVersion: 'TLSv1.1', ciphers: 'DEFAULT@SECLEVEL=0' } as const;
      await expect(senderTo(source, old)).rejects.toThrow(/protocol version/);
      expect(source.incidents.of('encrypted')).toBe(1);
    });
  });

  test('hears nothing from a sender that does not seal, and goes on', async () => {
    await sealed(open(), async (source) => {
      const plain = new Sender(connectPlain({ host: '127.0.0.1', port: source.port }));
      expect(await isServed(source, plain)).toBe(false);
      expect(plain.answers).toEqual([]);
      expect(source.incidents.of('encrypted')).toBe(1);
      expect(await isServed(source, await senderTo(source))).toBe(true);
    });
  });

  test('with an authority lets in only who shows a certificate of it', async () => {
    await sealed(closed(), async (source) => {
      const forged = await stranger.issue('monitor');
      expect(await isServed(source, await senderTo(source, { ...monitor }))).toBe(true);
      // In TLS 1.3 a client believes to be connected before its certificate has been looked at.
      expect(await isServed(source, await senderTo(source))).toBe(false);
      expect(await isServed(source, await senderTo(source, { ...forged }))).toBe(false);
      expect(source.incidents.of('encrypted')).toBe(2);
      expect(await isServed(source, await senderTo(source, { ...monitor }))).toBe(true);
    });
  });
});
