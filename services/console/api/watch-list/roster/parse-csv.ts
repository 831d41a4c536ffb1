import { CsvError, parse, type Options } from 'csv-parse/sync';

/** A table as a spreadsheet exports it. */
export interface Csv {
  readonly heads: readonly string[];
  /** The rows below the heads, with the number that a spreadsheet shows. */
  readonly rows: readonly { readonly row: number; readonly cells: readonly string[] }[];
  /** Where the table ends before its time: a row with a quotation mark that is never closed, or closed amid a word. */
  readonly broken: { readonly row: number; readonly message: string } | null;
}

const DELIMITERS = [',', ';', '\t'] as const;

const TEXT_BEHIND =
  'text follows a closing quotation mark: double the marks within a cell; the rows after it are not read';
const BROKEN: Readonly<Record<string, string>> = {
  CSV_QUOTE_NOT_CLOSED: 'a quotation mark is opened and never closed: the rows after it are not read',
  CSV_INVALID_CLOSING_QUOTE: TEXT_BEHIND,
  CSV_NON_TRIMABLE_CHAR_AFTER_CLOSING_QUOTE: TEXT_BEHIND,
};

/** Reads CSV (RFC 4180) with commas, semicolons or tabs, as the heads have more of. Empty rows are left out. */
export function parseCsv(text: string): Csv {
  const delimiter = DELIMITERS.toSorted((a, b) => headsBy(text, b) - headsBy(text, a))[0];
  const { records, broken } = readRecords(text, { delimiter: delimiter ?? ',' });
  const [heads = [], ...rest] = records;
  const rows = rest
    .map((cells, index) => ({ row: index + 2, cells: cells.map((cell) => cell.trim()) }))
    .filter(({ cells }) => cells.some((cell) => cell !== ''));
  return { heads: heads.map((head) => head.trim()), rows, broken };
}

function headsBy(text: string, delimiter: string): number {
  return readRecords(text, { delimiter, to: 1 }).records[0]?.length ?? 0;
}

/** The records before a mistake are kept. */
function readRecords(text: string, options: Options): { records: string[][]; broken: Csv['broken'] } {
  const records: string[][] = [];
  try {
    parse(text, {
      bom: true,
      // A quotation mark within a cell that has none at its start is a sign as any other: Dwayne "Rock" Lind.
      relax_quotes: true,
      relax_column_count: true,
      skip_empty_lines: false,
      trim: true,
      ...options,
      onRecord: (record) => {
        records.push(record);
        return null;
      },
    });
    return { records, broken: null };
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    const message = BROKEN[error.code] ?? 'it is no CSV, and the rows after it are not read';
    return { records, broken: { row: records.length + 1, message } };
  }
}
