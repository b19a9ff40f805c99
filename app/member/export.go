package member

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"net"
	"net/http"
	"slices"
	"strconv"
	"time"

	"github.com/smart-hospital/hospital/app/oversight/exports"
	"github.com/smart-hospital/hospital/chain/consortium"
)

// ErrExport: the node answered with something else than an export.
var ErrExport = errors.New("the node made no export")

// maxRefusal bounds how much of a refusal is read.
const maxRefusal = 64 << 10

// How the export is waited for and fetched.
const (
	pollEvery  = 500 * time.Millisecond
	goOnAfter  = time.Second
	goOnAtMost = 20 // times in a row without a byte
)

// Export asks a regulator's running node, as a machine with the token in its folder, for the
// records of some days in China, and writes the ZIP once it is made. What breaks off goes on where
// it ended. What was written is an export only once period.Check says so. ErrExport.
func Export(ctx context.Context, dir, from, to string, into io.Writer) error {
	settings, err := consortium.ReadNodeSettings(dir)
	if err != nil {
		return err
	}
	token, err := Token(dir)
	if err != nil {
		return err
	}
	n := &asker{base: "http://" + localAddress(settings.Explorer) + "/v1/oversight/exports", token: token,
		client: &http.Client{Transport: &http.Transport{}}} // by no proxy: the token goes to this machine alone
	defer n.client.CloseIdleConnections()
	var e exports.Export
	if err := n.json(ctx, http.MethodPost, "", map[string]string{"from": from, "to": to}, &e); err != nil {
		return err
	}
	for e.State == exports.Making {
		if err := pause(ctx, pollEvery); err != nil {
			return err
		}
		var list struct{ Exports []exports.Export }
		if err := n.json(ctx, http.MethodGet, "", nil, &list); err != nil {
			return err
		}
		at := slices.IndexFunc(list.Exports, func(x exports.Export) bool { return x.ID == e.ID })
		if at < 0 {
			return fmt.Errorf("%w: it is gone from the list", ErrExport)
		}
		e = list.Exports[at]
	}
	if e.State != exports.Ready {
		return fmt.Errorf("%w: %s", ErrExport, e.Why)
	}
	return n.file(ctx, e, into)
}

// asker talks to a node as a machine.
type asker struct {
	base, token string
	client      *http.Client
}

func (n *asker) do(ctx context.Context, method, path string, body io.Reader,
	header http.Header) (*http.Response, error) {
	req, err := http.NewRequestWithContext(ctx, method, n.base+path, body)
	if err != nil {
		return nil, err
	}
	maps.Copy(req.Header, header)
	req.Header.Set("Authorization", "Bearer "+n.token)
	res, err := n.client.Do(req)
	if err != nil || res.StatusCode/100 == 2 {
		return res, err
	}
	defer res.Body.Close()
	text, err := io.ReadAll(io.LimitReader(res.Body, maxRefusal))
	return nil, errors.Join(fmt.Errorf("%w: %s %.500s", ErrExport, res.Status, text), err)
}

func (n *asker) json(ctx context.Context, method, path string, body, into any) error {
	text, err := json.Marshal(body)
	if err != nil {
		return err
	}
	var in io.Reader
	header := http.Header{}
	if body != nil {
		in = bytes.NewReader(text)
		header.Set("Content-Type", "application/json")
	}
	res, err := n.do(ctx, method, path, in, header)
	if err != nil {
		return err
	}
	defer res.Body.Close()
	return json.NewDecoder(io.LimitReader(res.Body, maxRefusal)).Decode(into)
}

// file fetches one that is whole, and goes on as long as bytes come.
func (n *asker) file(ctx context.Context, e exports.Export, into io.Writer) error {
	var done int64
	for failed := 0; done < e.Bytes; {
		header := http.Header{}
		header.Set("Range", fmt.Sprintf("bytes=%d-", done))
		header.Set("If-Range", strconv.Quote(e.ID))
		res, err := n.do(ctx, http.MethodGet, "/"+e.ID+"/file", nil, header)
		if errors.Is(err, ErrExport) {
			return err // the node answered, and would again
		}
		got := int64(0)
		if err == nil {
			if res.StatusCode != http.StatusPartialContent {
				return errors.Join(fmt.Errorf("%w: it was changed meanwhile", ErrExport), res.Body.Close())
			}
			out := &keeping{w: into}
			got, err = io.Copy(out, io.LimitReader(res.Body, e.Bytes-done))
			if closing := errors.Join(out.err, ctx.Err()); closing != nil {
				return errors.Join(closing, res.Body.Close())
			}
			_ = res.Body.Close()
			done += got
		}
		if got > 0 {
			failed = 0
		}
		if done < e.Bytes {
			if failed++; failed > goOnAtMost {
				return errors.Join(fmt.Errorf("%w: it broke off at byte %d of %d", ErrExport, done, e.Bytes), err)
			}
			if err := pause(ctx, goOnAfter); err != nil {
				return err
			}
		}
	}
	return nil
}

// keeping tells a writer's failure, which ends all, from a reader's, which is tried again.
type keeping struct {
	w   io.Writer
	err error
}

func (k *keeping) Write(p []byte) (int, error) {
	n, err := k.w.Write(p)
	k.err = err
	return n, err
}

func pause(ctx context.Context, d time.Duration) error {
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-time.After(d):
		return nil
	}
}

// localAddress is where a listening address is reached from this machine.
func localAddress(listen string) string {
	host, port, err := net.SplitHostPort(listen)
	if ip := net.ParseIP(host); err == nil && (host == "" || ip != nil && ip.IsUnspecified()) {
		return net.JoinHostPort("localhost", port)
	}
	return listen
}
