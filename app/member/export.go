package member

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"

	"github.com/smart-hospital/hospital/chain/consortium"
	"github.com/smart-hospital/hospital/chain/evidence/period"
)

// ErrExport: the node answered with something else than an export.
var ErrExport = errors.New("the node made no export")

// maxRefusal bounds how much of a refusal is read.
const maxRefusal = 64 << 10

// Export asks a regulator's running node, as a machine with the token in its folder, for the records
// of some days in China, and writes the ZIP as it comes. What was written is an export only once
// period.Check says so. ErrExport.
func Export(ctx context.Context, dir, from, to string, into io.Writer) error {
	settings, err := consortium.ReadNodeSettings(dir)
	if err != nil {
		return err
	}
	token, err := Token(dir)
	if err != nil {
		return err
	}
	address := "http://" + localAddress(settings.Explorer) + "/v1/oversight/export?" +
		url.Values{"from": {from}, "to": {to}}.Encode()
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, address, nil)
	if err != nil {
		return err
	}
	req.Header.Set("Authorization", "Bearer "+token)
	client := http.Client{Transport: &http.Transport{}} // by no proxy: the token goes to this machine alone
	defer client.CloseIdleConnections()
	res, err := client.Do(req)
	if err != nil {
		return err
	}
	defer res.Body.Close()
	if res.StatusCode != http.StatusOK {
		text, err := io.ReadAll(io.LimitReader(res.Body, maxRefusal))
		return errors.Join(fmt.Errorf("%w: %s %.500s", ErrExport, res.Status, text), err)
	}
	_, err = io.Copy(into, io.LimitReader(res.Body, period.MaxBytes))
	return err
}

// localAddress is where a listening address is reached from this machine.
func localAddress(listen string) string {
	host, port, err := net.SplitHostPort(listen)
	if ip := net.ParseIP(host); err == nil && (host == "" || ip != nil && ip.IsUnspecified()) {
		return net.JoinHostPort("localhost", port)
	}
	return listen
}
