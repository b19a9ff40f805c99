package period

import (
	"archive/zip"
	"bytes"
	"fmt"
	"io"

	"github.com/smart-hospital/hospital/chain"
	"github.com/smart-hospital/hospital/chain/evidence"
)

// Fault is a receipt that does not hold, or does not stand where it must.
type Fault struct {
	Part  string
	Index uint64 // of the log, where a good one would stand
	Err   error  // wraps a chain.Reason
}

// Is tells whether a file begins as an archive does.
func Is(head []byte) bool { return bytes.HasPrefix(head, []byte("PK\x03\x04")) }

// checker is one archive under way.
type checker struct {
	entries  map[string]*zip.File
	m        *Manifest
	timeline *chain.Timeline
	counts   *figures
	fault    func(Fault)
	faults   bool
}

// Check verifies an archive: every receipt by the lists that trust gives for the history it brings,
// every part against the manifest, and that between the manifest's two sealed headers there is no
// other record. fault hears of each receipt that does not hold. It returns the manifest, which is
// true when there is no error: every error wraps a chain.Reason.
func Check(r io.ReaderAt, size int64, trust func(history []byte) (*chain.Timeline, error),
	fault func(Fault)) (*Manifest, error) {
	c := &checker{fault: fault}
	if err := c.open(r, size); err != nil {
		return nil, err
	}
	history, err := c.file(c.m.History, chain.MaxHistoryBytes)
	if err != nil {
		return nil, err
	}
	if c.timeline, err = trust(history); err != nil {
		return nil, err
	}
	if c.timeline.At(0).Digest().String() != c.m.Genesis {
		return nil, chain.Because(chain.ReasonMembers, "genesis is not the digest of the first list")
	}
	for _, h := range []*chain.SealedHeader{c.m.Before, &c.m.After} {
		if h == nil {
			continue
		}
		if err := c.timeline.VerifySealed(h); err != nil {
			return nil, fmt.Errorf("header at height %d: %w", h.Header.Height, err)
		}
	}
	if err := c.parts(); err != nil {
		return nil, err
	}
	return c.m, nil
}

// open demands the manifest, every entry that it names and no other.
func (c *checker) open(r io.ReaderAt, size int64) error {
	z, err := zip.NewReader(r, size)
	if err != nil {
		return chain.Because(chain.ReasonMalformed, "no whole archive: %v", err)
	}
	c.entries = map[string]*zip.File{}
	for _, f := range z.File {
		if c.entries[f.Name] != nil {
			return chain.Because(chain.ReasonMalformed, "%.40q is there twice", f.Name)
		}
		c.entries[f.Name] = f
	}
	text, err := c.read(manifestName, maxManifest)
	if err != nil {
		return err
	}
	if c.m, err = parseManifest(text); err != nil {
		return fmt.Errorf("manifest: %w", err)
	}
	names := []string{manifestName, historyName, figuresName}
	for _, p := range c.m.Parts {
		names = append(names, p.Name)
	}
	for _, name := range names {
		if c.entries[name] == nil {
			return chain.Because(chain.ReasonMalformed, "%s is missing", name)
		}
	}
	if len(c.entries) != len(names) {
		return chain.Because(chain.ReasonMalformed, "the archive has entries that the manifest does not name")
	}
	return nil
}

// parts checks the receipts, and that the figures are theirs.
func (c *checker) parts() error {
	start, end, err := bounds(c.m.From, c.m.To)
	if err != nil {
		return err
	}
	c.counts = newFigures(start, end)
	for _, p := range c.m.Parts {
		text, err := c.file(File{Digest: p.Digest, Name: p.Name, Size: p.Size}, evidence.MaxEvidenceBytes)
		if err != nil {
			return err
		}
		if err := c.receipts(p, text); err != nil {
			return fmt.Errorf("%s: %w", p.Name, err)
		}
	}
	text, err := c.file(c.m.Figures, maxFigures)
	switch {
	case err != nil:
		return err
	case c.faults:
		return chain.Because(chain.ReasonPath, "not every record of the period is proved")
	case !bytes.Equal(text, c.counts.csv()):
		return chain.Because(chain.ReasonDigest, "the figures are not those of the records")
	}
	return nil
}

func (c *checker) receipts(p Part, text []byte) error {
	f, err := evidence.ParseEvidenceFile(text)
	if err != nil {
		return err
	}
	if uint64(len(f.Evidence)) != p.Count {
		return chain.Because(chain.ReasonPath, "%d records, %d in the manifest", len(f.Evidence), p.Count)
	}
	for i, e := range f.Evidence {
		index := p.First + uint64(i)
		if err := c.receipt(e, index); err != nil {
			c.faults = true
			c.fault(Fault{Part: p.Name, Index: index, Err: err})
			continue
		}
		c.counts.add(e.Receipt)
	}
	return nil
}

// receipt demands the record of this index, sealed between the manifest's headers: then, as there
// is one for every index that the log grew by, none is missing.
func (c *checker) receipt(e evidence.Evidence, index uint64) error {
	if e.Document != nil || e.Salt != nil {
		return chain.Because(chain.ReasonMalformed, "an export has no documents")
	}
	if err := e.Verify(c.timeline); err != nil {
		return err
	}
	h := e.Receipt.Header
	if e.Receipt.Index != index || h.Height < c.m.Heights.First || h.Height > c.m.Heights.Last {
		return chain.Because(chain.ReasonPath, "record %d at height %d stands where record %d of heights %d to %d is due",
			e.Receipt.Index, h.Height, index, c.m.Heights.First, c.m.Heights.Last)
	}
	return nil
}

// file reads an entry that must be the one of the manifest.
func (c *checker) file(f File, limit int64) ([]byte, error) {
	text, err := c.read(f.Name, limit)
	if err != nil {
		return nil, err
	}
	if uint64(len(text)) != f.Size || digest(text) != f.Digest {
		return nil, chain.Because(chain.ReasonDigest, "%s is not the one of the manifest", f.Name)
	}
	return text, nil
}

// read unpacks at most limit bytes.
func (c *checker) read(name string, limit int64) ([]byte, error) {
	f := c.entries[name]
	if f == nil {
		return nil, chain.Because(chain.ReasonMalformed, "%s is missing", name)
	}
	r, err := f.Open()
	if err != nil {
		return nil, chain.Because(chain.ReasonMalformed, "%s: %v", name, err)
	}
	defer r.Close()
	text, err := io.ReadAll(io.LimitReader(r, limit+1))
	if err != nil {
		return nil, chain.Because(chain.ReasonMalformed, "%s: %v", name, err)
	}
	if int64(len(text)) > limit {
		return nil, chain.Because(chain.ReasonMalformed, "%s has more than %d bytes", name, limit)
	}
	return text, nil
}
