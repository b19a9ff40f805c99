// Package chat is what is said in a consultation (问诊): one stream of messages and pictures for
// each visit.
//
// It promises:
//   - a message that was acknowledged is in the database; its number is the next one of its
//     visit, without gap or double, whatever number of senders and instances;
//   - the same client message id of the same sender is one message, however often it is sent;
//   - what is said or shown is sealed at rest.
//
// Who may read and write is the visit's to say (Visits); it is asked in the transaction of each
// reading and writing. The package promises no delivery: a reader asks for everything after the
// last number it has. Redis and the wake-ups in the process only make that fast.
package chat
