import { jsCoders, Long, standardCoders, type Coder } from './sdk-internals.js';

/** Beyond 2^31 an integer wrapped to a negative int32: as a group key, a metric, a field of a row, or an element. */
export function repairIntegers(): void {
  const varInt = standardCoders.VarIntCoder.prototype;
  varInt.encode = (element, writer) => {
    writer.int64(Long.isLong(element) ? element : Long.fromNumber(Number(element)));
  };
  varInt.decode = (reader) => reader.int64().toNumber();
}

/** Decoding a double copied the whole buffer that it stands in: a message of n doubles took n² steps. */
export function repairDoubles(): void {
  standardCoders.DoubleCoder.prototype.decode = (reader) => {
    const view = new DataView(reader.buf.buffer, reader.buf.byteOffset + reader.pos, 8);
    reader.pos += 8;
    return view.getFloat64(0, false);
  };
}

/** A bare NaN or infinity was coded as the integer 0, and so was a fraction's sign at zero. */
export function repairNumbers(): void {
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
