package evidence

import (
	"encoding/json"

	"github.com/smart-hospital/hospital/chain/canonical"
)

// FileKind is what a stranger is handed.
type FileKind string

// Kinds of files of evidence, told apart by the members they have.
const (
	FileReceipt     FileKind = "receipt"
	FileStatus      FileKind = "status"
	FileEvidence    FileKind = "evidence"
	FileList        FileKind = "list" // of evidence
	FileBundle      FileKind = "bundle"
	FileDossier     FileKind = "dossier"
	FileSealed      FileKind = "sealed"
	FileConsistency FileKind = "consistency"
	FileFork        FileKind = "fork"
	FileHistory     FileKind = "history"
	FileMembers     FileKind = "members"
)

// fileMarks are members that only one kind has, in the order in which they are looked for.
var fileMarks = []struct {
	kind  FileKind
	names []string
}{
	{FileDossier, []string{"finding"}},
	{FileBundle, []string{"accessCode"}},
	{FileEvidence, []string{"evidence"}},
	{FileReceipt, []string{"record"}},
	{FileStatus, []string{"state"}},
	{FileFork, []string{"ours", "theirs"}},
	{FileConsistency, []string{"old", "new"}},
	{FileHistory, []string{"adoptions"}},
	{FileMembers, []string{"members"}},
	{FileSealed, []string{"header", "seals"}},
}

// KindOfFile tells what a text is by the names of its members; "" is a text of no kind, which may
// be none of JSON. It reads nothing else.
func KindOfFile(b []byte) FileKind {
	packed, err := canonical.Compact(b, MaxEvidenceBytes)
	if err != nil {
		return ""
	}
	if packed[0] == '[' {
		return FileList
	}
	var object map[string]json.RawMessage
	if json.Unmarshal(packed, &object) != nil {
		return ""
	}
next:
	for _, mark := range fileMarks {
		for _, name := range mark.names {
			if _, there := object[name]; !there {
				continue next
			}
		}
		return mark.kind
	}
	return ""
}
