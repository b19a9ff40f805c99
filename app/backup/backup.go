// Package backup hands out backups of a running node, makes those of a stopped one, and puts them
// back.
package backup

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"time"

	"github.com/smart-hospital/hospital/app/config"
	"github.com/smart-hospital/hospital/app/installation"
	"github.com/smart-hospital/hospital/app/ports"
	"github.com/smart-hospital/hospital/chain/comet"
	"github.com/smart-hospital/hospital/chain/comet/home"
)

// socket is where a running node hands out backups: to who may write in its folder, and not
// over the network.
const socket = "backup.sock"

// maxSocketPath is what every system's socket address has room for.
const maxSocketPath = 100

// ErrBackup is a backup that could not be made; the text says why.
var ErrBackup = errors.New("no backup")

// Offer lets `hospital node backup` have a backup of the running node.
func Offer(ctx context.Context, f *installation.Installation, node *comet.Node) error {
	path := f.Path(socket)
	if len(path) > maxSocketPath {
		f.Log.Warn("the data folder's path is too long for a socket: no backup while the node runs", "bytes", len(path),
			"most", maxSocketPath)
		return nil
	}
	// of a process that was killed; the folder is locked
	if err := os.Remove(path); err != nil && !errors.Is(err, os.ErrNotExist) {
		return err
	}
	listener, err := (&net.ListenConfig{}).Listen(ctx, "unix", path)
	if err != nil {
		return fmt.Errorf("backup socket: %w", err)
	}
	if err := os.Chmod(path, 0o600); err != nil {
		return errors.Join(err, listener.Close())
	}
	server := &http.Server{ReadHeaderTimeout: time.Minute, ErrorLog: ports.ServerLog(f.Log),
		Handler: http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
			if _, err := node.Backup(w); err != nil {
				f.Log.Error("backup", "err", err)
				panic(http.ErrAbortHandler) // the other side must not take what it has for the whole
			}
		})}
	go func() { _ = server.Serve(listener) }()
	f.OnClose(server.Close)
	return nil
}

// Make writes a backup of the node in cfg.Data, which may be running, to a file: whole, or not at
// all.
func Make(ctx context.Context, cfg config.Config, file string) (info home.BackupInfo, err error) {
	out, err := os.CreateTemp(filepath.Dir(file), ".backup-")
	if err != nil {
		return info, err
	}
	defer os.Remove(out.Name()) // a no-op once it is renamed
	f := &installation.Installation{Cfg: cfg}
	switch err = f.Lock(ctx); {
	case err == nil:
		_, err = home.Backup(f.Path("chain"), out)
		err = errors.Join(err, f.Close())
	case errors.Is(err, installation.ErrInUse):
		err = fetch(ctx, f, out)
	}
	if err == nil {
		_, err = out.Seek(0, io.SeekStart)
	}
	if err == nil {
		info, err = home.CheckBackup(out)
	}
	if err = errors.Join(err, out.Sync(), out.Close()); err != nil {
		return info, err
	}
	return info, os.Rename(out.Name(), file)
}

func fetch(ctx context.Context, f *installation.Installation, out io.Writer) error {
	client := &http.Client{Transport: &http.Transport{
		DialContext: func(ctx context.Context, _, _ string) (net.Conn, error) {
			return (&net.Dialer{}).DialContext(ctx, "unix", f.Path(socket))
		}}}
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, "http://node/", nil)
	if err != nil {
		return err
	}
	res, err := client.Do(req)
	if err != nil {
		return fmt.Errorf("%w: the folder is in use, and no node answers in it: %w", ErrBackup, err)
	}
	defer res.Body.Close()
	_, err = io.Copy(out, res.Body)
	return err
}

// Restore puts a backup into the folder cfg.Data, whose node must be stopped and whose databases
// must be gone (home.Restore).
func Restore(ctx context.Context, cfg config.Config, file string, forgetVotes bool) (info home.BackupInfo, err error) {
	in, err := os.Open(file)
	if err != nil {
		return info, err
	}
	defer in.Close()
	f := &installation.Installation{Cfg: cfg}
	if err := f.Lock(ctx); err != nil {
		return info, err
	}
	info, err = home.Restore(f.Path("chain"), in, forgetVotes)
	return info, errors.Join(err, f.Close())
}
