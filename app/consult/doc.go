// Package consult is the consultation (问诊): a patient asks one doctor, the doctor accepts, they
// talk, the doctor writes a note with diagnoses and finishes. Everything said is kept.
//
// It promises:
//   - a message that was acknowledged is in the database; its number is the next one of its
//     consultation, without gap or double, whatever number of senders and instances;
//   - the same client message id of the same sender is one message, however often it is sent;
//   - what is said, written or shown (intake, note, messages, pictures) is sealed at rest;
//   - whoever is neither the patient nor the doctor of a consultation cannot tell whether it
//     exists.
//
// It does not promise delivery: a reader asks for everything after the last number it has. Redis
// and the in-process wake-ups only make that fast; both may lose everything at any moment.
package consult
