// Peer is `hospital node` for tests: the same chain/comet node over the same organisation's folder,
// with a port where records can be submitted instead of an explorer. It trusts whoever reaches that
// port.
package main

import (
	"context"
	"encoding/json"
	"errors"
	"flag"
	"io"
	"log"
	"log/slog"
	"net/http"
	"os"
	"os/signal"
	"path/filepath"
	"strings"
	"syscall"
	"time"

	"github.com/smart-hospital/hospital/chain"
	"github.com/smart-hospital/hospital/chain/comet"
	"github.com/smart-hospital/hospital/chain/consortium"
	"github.com/smart-hospital/hospital/chain/testnet/traitor"
)

// Exit codes when the engine has halted itself, and when only a newer program can go on: the latter
// as `hospital node` has it.
const (
	exitHalted = 3
	exitOld    = 78
)

// liesVar names, comma-separated, how this node lies; empty: it is honest.
const liesVar = "TESTNET_TRAITOR"

func main() {
	dir := flag.String("dir", "", "the organisation's folder")
	control := flag.String("control", "", "host:port of the control port")
	flag.Parse()
	ctx, end := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	go func() { // it ends with the test that started it, whatever ends that
		_, _ = io.Copy(io.Discard, os.Stdin)
		end()
	}()
	halted, err := run(ctx, *dir, *control)
	end()
	if errors.Is(err, comet.ErrSchema) {
		log.Print(err)
		os.Exit(exitOld)
	}
	if err != nil {
		log.Fatal(err)
	}
	if halted {
		os.Exit(exitHalted)
	}
}

func run(ctx context.Context, dir, control string) (halted bool, err error) {
	n, err := start(ctx, dir)
	if err != nil {
		return false, err
	}
	server := &http.Server{Addr: control, Handler: handler(n), ReadHeaderTimeout: time.Minute}
	failed := make(chan error, 1)
	go func() { failed <- server.ListenAndServe() }()
	select {
	case err = <-failed:
	case <-n.Stopped():
		halted = true
	case <-ctx.Done():
	}
	return halted, errors.Join(err, n.Err(), server.Close(), n.Stop())
}

func start(ctx context.Context, dir string) (*comet.Node, error) {
	settings, err := consortium.ReadNodeSettings(dir)
	if err != nil {
		return nil, err
	}
	folder, err := consortium.OpenFolder(dir, "")
	if err != nil {
		return nil, err
	}
	cfg := comet.Config{
		Dir: filepath.Join(dir, "chain"), Sealer: folder.Sealer(settings.Member), Member: settings.Member,
		Listen: settings.Listen, Peers: settings.Peers, Growth: settings.Growth,
		Logger: slog.New(slog.NewTextHandler(os.Stderr, &slog.HandlerOptions{Level: slog.LevelWarn})),
	}
	if lies := os.Getenv(liesVar); lies != "" {
		cfg = traitor.Lying(cfg, strings.Split(lies, ",")...)
	}
	return comet.Start(ctx, cfg)
}

func handler(n *comet.Node) http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("POST /submit", func(w http.ResponseWriter, r *http.Request) {
		var recs []chain.Record
		if err := json.NewDecoder(r.Body).Decode(&recs); err != nil {
			http.Error(w, err.Error(), http.StatusBadRequest)
			return
		}
		out, err := n.Submit(r.Context(), recs) // the client's own time-out ends it
		answer(w, out, err)
	})
	mux.HandleFunc("GET /health", func(w http.ResponseWriter,
		r *http.Request) {
		answer(w, n.Health(r.Context()), nil)
	})
	mux.HandleFunc("GET /base", func(w http.ResponseWriter, _ *http.Request) { answer(w, n.FirstBlock(), nil) })
	mux.HandleFunc("GET /newer-schema", func(w http.ResponseWriter, _ *http.Request) {
		text := ""
		if err := n.NewerSchema(); err != nil {
			text = err.Error()
		}
		answer(w, text, nil)
	})
	mux.HandleFunc("GET /subject", func(w http.ResponseWriter, r *http.Request) {
		s, err := n.Subject(r.Context(), r.FormValue("of"))
		answer(w, s, err)
	})
	mux.HandleFunc("GET /receipt", func(w http.ResponseWriter, r *http.Request) {
		c, err := n.Receipt(r.Context(), r.FormValue("of"))
		answer(w, c, err)
	})
	return mux
}

func answer(w http.ResponseWriter, body any, err error) {
	switch {
	case errors.Is(err, chain.ErrNotFound):
		http.Error(w, err.Error(), http.StatusNotFound)
	case err != nil:
		http.Error(w, err.Error(), http.StatusServiceUnavailable)
	default:
		_ = json.NewEncoder(w).Encode(body) // the client may be gone
	}
}
