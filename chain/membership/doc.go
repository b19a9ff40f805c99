// Package membership is the consortium's members' list: who belongs to it, with which certificates,
// keys and votes, which changes of it are voted on and what each makes of the list before. It
// judges lists and certificates and knows nothing of records.
package membership
