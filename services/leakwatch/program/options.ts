import { InvalidArgumentError, Option } from '@commander-js/extra-typings';

export function dataDirOption() {
  return new Option('--data-dir <dir>', 'where the embedded database lives')
    .env('LEAKWATCH_DATA_DIR')
    .default('.data');
}

/** An option that is a whole number in a range, its ends included. */
export function wholeNumber(min: number, max: number): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (!/^\d+$/.test(text) || value < min || value > max) {
      throw new InvalidArgumentError(`must be a whole number from ${min} to ${max}.`);
    }
    return value;
  };
}
