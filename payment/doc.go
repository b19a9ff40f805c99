// Package payment is the money of a prescription: the digital insurance card (医保电子凭证), the
// one-minute pay code (付款码), the fee list, pre-settlement (预结算), settlement (结算) with its
// split into fund, account and cash, refund (退费) and reconciliation (对账).
//
// # Promises
//
//   - Money is integer fen ([money.Fen]); every sum is exact and checked, every rounding has a named
//     winner (package policy).
//   - A patient pays what the patient signed, or nothing: an insurer's answer with other amounts is
//     reversed and alarmed.
//   - One prescription has at most one settlement that is open or paid. The database's unique index
//     says so, not only this code.
//   - The insurer is called outside any transaction and always by our own number, which makes every
//     call repeatable.
//   - A time-out is never a failure and never a second payment: the settlement stays opened until
//     [Service.Reconcile] knows.
//   - A process that dies between any two steps leaves a row that Reconcile finishes.
//
// # Not promised
//
// The cash part (现金) rides on the insurer's order, as in WeChat's mixed order
// (CASH_AND_INSURANCE): it is authorised, settled and refunded together with the other two parts
// and kept in a column of its own. This package takes no money from a bank by itself.
//
// The room knows nothing of prescriptions: it declares what it needs ([Prescriptions]) and the
// application plugs it in.
package payment
