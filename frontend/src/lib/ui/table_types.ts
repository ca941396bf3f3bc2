import type { Snippet } from 'svelte'

export interface Column<Row> {
  key: string
  label: string
  /** Plain text of the cell when there is no snippet. */
  text?: (row: Row) => string
  cell?: Snippet<[Row]>
  /** Figures stand right. */
  align?: 'left' | 'right'
  sortable?: boolean
  /** On a phone: the first line's left or right, a full line, or a labelled value (default), or nothing. */
  phone?: 'lead' | 'side' | 'full' | 'value' | 'hide'
  /** Hidden when the sheet is narrower than 60rem. */
  wideOnly?: boolean
  mono?: boolean
  nowrap?: boolean
}

export interface Sort {
  key: string
  direction: 'ascending' | 'descending'
}
