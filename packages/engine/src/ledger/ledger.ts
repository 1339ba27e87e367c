/** The state folder's database; see `openLedger`. */
export interface Ledger {
  close(): Promise<void>;
}
