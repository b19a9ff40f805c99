// Package prescription is the prescription (处方) as the law knows it: who may write, review, pay,
// redeem and hand out what, and when. This package holds what all of its packages say: a
// prescription's number, its statuses and the steps between them, and how a refusal is told.
//
// The room promises that no step is stored without its signed record queued for the chain in the
// same transaction, that a refusal names the rule and the law behind it, and that a check which
// could not run says "not checked" instead of "nothing found". It does not promise that the chain
// already holds a record: the handing out alone waits for that, because it cannot be taken back.
//
// No error of these packages holds a patient's name, a drug or a diagnosis.
package prescription
