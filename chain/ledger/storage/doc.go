// Package storage is what the ledger keeps: the layout of its database, state in the making over
// the committed one, the log's and the status tree's nodes, and the stream from which everything
// else can be computed again. It judges nothing.
package storage
