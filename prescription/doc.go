// Package prescription is the prescription (处方) as the law knows it: who may write, review, pay,
// redeem and hand out what, and when. The aggregate Prescription changes only through its verbs
// (Sign, Approve, Reject, Pay, Claim, Release, Dispense, Cancel, Expire); every verb yields an
// Event which is a record on the chain.
//
// The room promises that no step is stored without its signed record queued for the chain in the
// same transaction, that a refusal names the rule and the law behind it, and that a check which
// could not run says "not checked" instead of "nothing found". It does not promise that the chain
// already holds a record: Dispense alone waits for that, because handing out medicine cannot be
// taken back.
//
// No error of this package holds a patient's name, a drug or a diagnosis.
package prescription
