export * from './ledger/ledger.ts';
export * from './request.ts';
export * from './results.ts';
export * from './verbs.ts';
