package period

import (
	"archive/zip"
	"context"
	"errors"
	"fmt"
	"io"
	"sort"

	"github.com/smart-hospital/hospital/chain"
	"github.com/smart-hospital/hospital/chain/evidence"
)

// Node is a copy of the chain; comet.Node is one.
type Node interface {
	At(ctx context.Context, index uint64) (chain.Committed, error)
	SealedHeader(ctx context.Context, height int64) (*chain.SealedHeader, error)
	Receipt(ctx context.Context, id string) (*chain.Receipt, error)
	History(ctx context.Context) (*chain.History, error)
}

// Export is a period that was found and not written yet.
type Export struct {
	node       Node
	start, end int64
	history    *chain.History
	m          Manifest
	most       int // records of a part
}

// New finds the records of civil days in China, both included, as far as the members sealed them.
// The block that closes the period is in it as a whole. ErrDays, ErrTooLarge; chain.ErrNotSealed
// while the log is empty.
func New(ctx context.Context, node Node, from, to string) (*Export, error) {
	x := &Export{node: node, most: partRecords, m: Manifest{From: from, To: to, V: chain.Version}}
	var err error
	if x.start, x.end, err = bounds(from, to); err != nil {
		return nil, err
	}
	newest, err := node.SealedHeader(ctx, 0)
	if errors.Is(err, chain.ErrNotFound) {
		return nil, chain.ErrNotSealed
	}
	if err != nil {
		return nil, err
	}
	if x.m.Before, err = x.before(ctx, newest); err != nil {
		return nil, err
	}
	if x.m.Before != nil {
		x.m.First = x.m.Before.Header.LogSize
	}
	if err := x.close(ctx, newest); err != nil {
		return nil, err
	}
	if x.m.Count > MaxRecords {
		return nil, fmt.Errorf("%w: %d records, %d at most", ErrTooLarge, x.m.Count, MaxRecords)
	}
	if x.history, err = node.History(ctx); err != nil {
		return nil, err
	}
	timeline, err := x.history.Open()
	if err != nil {
		return nil, err
	}
	x.m.Genesis = timeline.At(0).Digest().String()
	return x, nil
}

// Count is how many records it has.
func (x *Export) Count() uint64 { return x.m.Count }

// Height is that of the block that closes it: up to the same block an export of the same days is
// the same file.
func (x *Export) Height() int64 { return x.m.After.Header.Height }

// before is the newest sealed header before the period; nil: there is none.
func (x *Export) before(ctx context.Context, newest *chain.SealedHeader) (*chain.SealedHeader, error) {
	size, err := x.index(ctx, newest.Header.LogSize, x.start)
	if err != nil {
		return nil, err
	}
	for size > 0 {
		last, err := x.node.At(ctx, size-1)
		if err != nil {
			return nil, err
		}
		header, err := x.node.SealedHeader(ctx, last.Height)
		if err == nil {
			return header, nil
		}
		if !errors.Is(err, chain.ErrNotFound) { // such a height was sealed by a later one's seals
			return nil, err
		}
		if size, err = x.firstOf(ctx, size-1, last.Height); err != nil {
			return nil, err
		}
	}
	return nil, nil
}

// firstOf is the index of a block's first record, going back from one of them.
func (x *Export) firstOf(ctx context.Context, index uint64, height int64) (uint64, error) {
	for index > 0 {
		c, err := x.node.At(ctx, index-1)
		if err != nil || c.Height != height {
			return index, err
		}
		index--
	}
	return index, nil
}

// close sets the first sealed header after the period, else the newest of all.
func (x *Export) close(ctx context.Context, newest *chain.SealedHeader) error {
	x.m.After = *newest
	end, err := x.index(ctx, newest.Header.LogSize, x.end)
	if err != nil {
		return err
	}
	if end < newest.Header.LogSize {
		c, err := x.node.At(ctx, end)
		if err != nil {
			return err
		}
		r, err := x.node.Receipt(ctx, c.ID)
		if err != nil {
			return err
		}
		x.m.After = chain.SealedHeader{Header: r.Header, Seals: r.Seals}
	}
	x.m.Chain, x.m.Count = x.m.After.Header.Chain, x.m.After.Header.LogSize-x.m.First
	x.m.Heights = Heights{First: 1, Last: x.m.After.Header.Height}
	if x.m.Before != nil {
		x.m.Heights.First = x.m.Before.Header.Height + 1
	}
	return nil
}

// index is that of the first of size records at or after a time; size: there is none.
func (x *Export) index(ctx context.Context, size uint64, at int64) (uint64, error) {
	var fault error
	i := sort.Search(int(size), func(i int) bool {
		c, err := x.node.At(ctx, uint64(i))
		fault = errors.Join(fault, err)
		return err == nil && c.Time.UnixMilli() >= at
	})
	return uint64(i), fault
}

// Write makes the archive. It holds one part at a time in memory. Of the same sealed chain it
// writes the same bytes every time, so who was cut off asks again. ErrTooLarge beyond MaxBytes.
func (x *Export) Write(ctx context.Context, w io.Writer) error {
	a := &archive{Writer: zip.NewWriter(&bounded{ctx, w, MaxBytes})}
	m := x.m
	text := x.history.Until(m.After.Header.Height).Bytes()
	if err := a.add(historyName, text); err != nil {
		return err
	}
	m.History = File{Digest: digest(text), Name: historyName, Size: uint64(len(text))}
	counts := newFigures(x.start, x.end)
	var err error
	if m.Parts, err = x.parts(ctx, a, counts); err != nil {
		return err
	}
	text = counts.csv()
	if err := a.add(figuresName, text); err != nil {
		return err
	}
	m.Figures = File{Digest: digest(text), Name: figuresName, Size: uint64(len(text))}
	if err := a.add(manifestName, m.Bytes()); err != nil {
		return err
	}
	return a.Close()
}

func (x *Export) parts(ctx context.Context, a *archive, counts *figures) (parts []Part, err error) {
	for next, end := x.m.First, x.m.First+x.m.Count; next < end; {
		list, size := []evidence.Evidence{}, 0
		first := next
		for next < end && len(list) < x.most && size < partBytes {
			r, err := x.receipt(ctx, next)
			if err != nil {
				return nil, err
			}
			counts.add(r)
			list, size, next = append(list, evidence.Evidence{Receipt: r}), size+len(r.Bytes()), next+1
		}
		text := evidence.NewEvidenceFile(list, *x.history).Bytes()
		if len(text) > evidence.MaxEvidenceBytes {
			return nil, fmt.Errorf("%w: a part of %d bytes", ErrTooLarge, len(text))
		}
		name := partName(len(parts))
		if err := a.add(name, text); err != nil {
			return nil, err
		}
		parts = append(parts, Part{Count: uint64(len(list)), Digest: digest(text), First: first, Name: name,
			Size: uint64(len(text))})
	}
	return parts, nil
}

func (x *Export) receipt(ctx context.Context, index uint64) (*chain.Receipt, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	c, err := x.node.At(ctx, index)
	if err != nil {
		return nil, err
	}
	return x.node.Receipt(ctx, c.ID)
}

type archive struct{ *zip.Writer }

// add writes an entry without a time: the archive is a function of the chain alone.
func (a *archive) add(name string, text []byte) error {
	w, err := a.CreateHeader(&zip.FileHeader{Name: name, Method: zip.Deflate})
	if err == nil {
		_, err = w.Write(text)
	}
	if err != nil {
		return err
	}
	return a.Flush()
}

// bounded takes so many bytes and no more, as long as ctx lasts: a slow reader does not hold it
// longer.
type bounded struct {
	ctx context.Context //nolint:containedctx // a writer has no other way to hear of the end
	io.Writer
	left int64
}

func (b *bounded) Write(p []byte) (int, error) {
	if err := b.ctx.Err(); err != nil {
		return 0, err
	}
	if b.left -= int64(len(p)); b.left < 0 {
		return 0, ErrTooLarge
	}
	return b.Writer.Write(p)
}
