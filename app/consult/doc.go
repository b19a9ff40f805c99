// Package consult is the consultation (问诊): a patient asks one doctor, the doctor accepts, they
// talk, the doctor writes a note with diagnoses and finishes. Everything said is kept.
//
// It promises:
//   - what is said is kept as package chat promises it;
//   - what is written (intake, note, reasons) is sealed at rest;
//   - whoever is neither the patient nor the doctor of a consultation cannot tell whether it
//     exists.
package consult
