/** A table as a spreadsheet exports it. */
export interface Csv {
  readonly heads: readonly string[];
  /** The rows below the heads, with the number that a spreadsheet shows. */
  readonly rows: readonly { readonly row: number; readonly cells: readonly string[] }[];
  /** A quotation mark that is never closed, by the row in which it opens. */
  readonly unclosed: number | null;
}

const DELIMITERS = [',', ';', '\t'] as const;

/** Reads CSV (RFC 4180) with commas, semicolons or tabs, as the first line has more of. Empty rows are left out. */
export function parseCsv(text: string): Csv {
  const plain = text.replace(/^\uFEFF/, '');
  const [firstLine = ''] = plain.split(/\r?\n/, 1);
  const delimiter = DELIMITERS.toSorted((a, b) => firstLine.split(b).length - firstLine.split(a).length)[0];
  const { records, unclosed } = readRecords(plain, delimiter ?? ',');
  const [heads = [], ...rest] = records;
  const rows = rest
    .map((cells, index) => ({ row: index + 2, cells: cells.map((cell) => cell.trim()) }))
    .filter(({ cells }) => cells.some((cell) => cell !== ''));
  return { heads: heads.map((head) => head.trim()), rows, unclosed };
}

function readRecords(text: string, delimiter: string): { records: string[][]; unclosed: number | null } {
  const records: string[][] = [];
  let record: string[] = [];
  let cell = '';
  let isQuoted = false;
  let openedIn = 0;
  const endRecord = () => {
    record.push(cell);
    records.push(record);
    record = [];
    cell = '';
  };
  for (let at = 0; at < text.length; at += 1) {
    const sign = text.charAt(at);
    if (isQuoted) {
      if (sign !== '"') cell += sign;
      else if (text.charAt(at + 1) === '"') {
        cell += sign;
        at += 1;
      } else isQuoted = false;
    } else if (sign === '"' && cell.trim() === '') {
      cell = '';
      isQuoted = true;
      openedIn = records.length + 1;
    } else if (sign === delimiter) {
      record.push(cell);
      cell = '';
    } else if (sign === '\n') endRecord();
    else if (sign !== '\r') cell += sign;
  }
  if (cell !== '' || record.length > 0) endRecord();
  return { records, unclosed: isQuoted ? openedIn : null };
}
