import { jsCoders, Long, standardCoders, type Coder } from './sdk-internals.js';

/**
 * Repairs of the default coders: integers beyond 2^31 wrapped to a negative int32, every double copied the whole buffer,
 * and a NaN or an infinity decoded as 0. They matter for group keys, side inputs and metrics on any runner, and for every
 * element on a portable one.
 */
export function repairCoders(): void {
  const varInt = standardCoders.VarIntCoder.prototype;
  varInt.encode = (element, writer) => {
    writer.int64(Long.isLong(element) ? element : Long.fromNumber(Number(element)));
  };
  varInt.decode = (reader) => Number(reader.int64().toString());

  standardCoders.DoubleCoder.prototype.decode = (reader) => {
    const view = new DataView(reader.buf.buffer, reader.buf.byteOffset + reader.pos, 8);
    reader.pos += 8;
    return view.getFloat64(0, false);
  };

  const number = Object.getPrototypeOf(new jsCoders.GeneralObjectCoder().codersByType.number) as Coder & {
    intCoder: Coder;
    doubleCoder: Coder;
  };
  number.encode = function encode(element, writer, context) {
    const whole = Number.isSafeInteger(element) && !Object.is(element, -0);
    writer.string(whole ? 'i' : 'f');
    (whole ? this.intCoder : this.doubleCoder).encode(element, writer, context);
  };
}
