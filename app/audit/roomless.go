package audit

import (
	"github.com/smart-hospital/hospital/chain"
	"github.com/smart-hospital/hospital/chain/contract"
)

// Roomless are the contracts whose subjects stand in no table of this application. Operators: its
// organisations write such subjects all the same, through no outbox. Of the others no program of
// theirs writes any, so that one which they began is a fault.
var Roomless = map[string]struct{ Operators bool }{
	chain.SubjectGov:     {Operators: true}, // votes
	contract.SubjectLot:  {},                // the book has no room yet
	contract.SubjectMove: {},
	contract.SubjectOwn:  {},
}

// strayed tells what is wrong with a subject that no room has a table for, and that an organisation
// of this application began; "" is nothing.
func strayed(prefix string) string {
	switch c, known := Roomless[prefix]; {
	case !known:
		return "of no kind this program knows"
	case !c.Operators:
		return "of a contract that no room of this program writes"
	}
	return ""
}
