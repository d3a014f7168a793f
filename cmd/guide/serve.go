package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"net"
	"net/http"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"time"

	"github.com/spf13/cobra"
)

func serveCommand(out, errs io.Writer) *cobra.Command {
	var o options
	var addr string
	var show, built, poll bool
	c := &cobra.Command{
		Use:   "serve",
		Short: "Serve the site while it is edited",
		Long: `Serve the site while it is edited. A saved page, layout, style, fact or Go file of the calculator shows in the browser
without a restart; problems show over the last good page. Nothing is written to a folder.`,
		Args: cobra.NoArgs,
		RunE: func(c *cobra.Command, _ []string) error {
			if built {
				return serveBuilt(c.Context(), &o, addr, out)
			}
			if err := errors.Join(o.check(), checkEditor(o.editor)); err != nil {
				return err
			}
			return serve(c.Context(), &o, serveOptions{addr: addr, open: show, poll: poll}, out, errs)
		},
	}
	o.add(c)
	f := c.Flags()
	f.StringVar(&addr, "addr", "127.0.0.1:8080", "the `ADDRESS` to listen on; where its port is taken, the next free one")
	f.BoolVar(&show, "open", false, "open the site in a browser")
	f.BoolVar(&built, "built", false, "serve what was built into --out, as a host would")
	f.StringVar(&o.editor, "editor", "vscode", "the `EDITOR` that a problem's link opens: "+strings.Join(slices.Sorted(maps.Keys(editors)), ", ")+", or an address with {path}, {line} and {column}")
	f.BoolVar(&poll, "poll", false, "compare files instead of waiting for the system's word of changes")
	return c
}

type serveOptions struct {
	addr       string
	open, poll bool
}

// serve builds, serves and builds again after each change, until ctx ends.
func serve(ctx context.Context, o *options, so serveOptions, out, errs io.Writer) error {
	listener, taken, err := listen(so.addr)
	if err != nil {
		return err
	}
	p, err := open(o, func(what string) { o.say(out, "%s ...", what) })
	if err != nil {
		listener.Close()
		return err
	}
	defer p.cache.close()
	s := newServer(p, listener.Addr().String(), o.strict)
	changes, err := watch(ctx.Done(), p.watched(), so.poll, func(format string, args ...any) { o.say(out, format, args...) })
	if err != nil {
		listener.Close()
		return machine(err)
	}
	start := time.Now()
	whole := func() {
		s.rebuild(change{all: true})
		p.cache.commit(false)
	}
	s.begin()
	begun := s.current() != nil
	if !begun {
		whole()
	}
	address := "http://" + listener.Addr().String() + "/"
	o.sayWhere(out, taken, listener.Addr())
	o.say(out, "serving %s (ready in %s); stop with Ctrl-C", address, time.Since(start).Round(time.Millisecond))
	s.tell(errs)
	if so.open {
		if err := openBrowser(address); err != nil {
			o.say(out, "the browser cannot be opened: %v", err)
		}
	}
	go func() {
		if begun {
			whole()
			s.tell(errs)
			o.say(out, "all pages read after %s", time.Since(start).Round(time.Millisecond))
		}
		for c := range changes {
			s.rebuild(c)
			s.tell(errs)
		}
	}()
	return listenAndAnswer(ctx, listener, s)
}

// listenAndAnswer answers requests until ctx ends or a signal comes. Only here a signal is waited for, so that answers end well: all
// other work may be killed at any moment, and is, as is this by a second one.
func listenAndAnswer(ctx context.Context, listener net.Listener, handler http.Handler) error {
	ctx, stop := signal.NotifyContext(ctx, os.Interrupt, syscall.SIGTERM)
	defer stop()
	context.AfterFunc(ctx, stop)
	server := &http.Server{Handler: handler, ReadHeaderTimeout: 5 * time.Second, IdleTimeout: time.Minute, MaxHeaderBytes: 64 << 10,
		BaseContext: func(net.Listener) context.Context { return ctx }}
	stopped := make(chan error, 1)
	go func() { stopped <- server.Serve(listener) }()
	select {
	case err := <-stopped:
		return machine(fmt.Errorf("serve: %w", err))
	case <-ctx.Done():
	}
	end, cancel := context.WithTimeout(context.Background(), 2*time.Second)
	defer cancel()
	if err := server.Shutdown(end); err != nil {
		server.Close()
	}
	return nil
}

// listen opens the port, or the next free one of twenty; taken is then the address that was asked for.
func listen(addr string) (l net.Listener, taken string, err error) {
	host, port, err := net.SplitHostPort(addr)
	number, atoiErr := strconv.Atoi(port)
	if err != nil || atoiErr != nil || number < 0 || number > 65535 {
		return nil, "", fmt.Errorf("--addr %s is no address to listen on; write one such as 127.0.0.1:8080", addr)
	}
	for n := number; n <= min(number+20, 65535); n++ {
		l, err = net.Listen("tcp", net.JoinHostPort(host, strconv.Itoa(n)))
		if err == nil {
			if n != number {
				taken = addr
			}
			return l, taken, nil
		}
		if number == 0 || !errors.Is(err, syscall.EADDRINUSE) {
			break
		}
	}
	var unknown *net.DNSError // whose own words name the machine's resolver
	if errors.As(err, &unknown) {
		err = fmt.Errorf("no address is known of %s", unknown.Name)
	}
	return nil, "", machine(fmt.Errorf("listen on %s: %w; choose another with --addr", addr, err))
}

// sayWhere says what a person may not expect of the address: another port, or that the network can reach it.
func (o *options) sayWhere(out io.Writer, taken string, addr net.Addr) {
	if taken != "" {
		o.say(out, "%s is taken, so the site is served at another port", taken)
	}
	if a, ok := addr.(*net.TCPAddr); ok && !a.IP.IsLoopback() {
		o.say(out, "warning: other machines can read this site while it is written; leave --addr out to keep it to this one")
	}
}

// watched are the folders of a project that a change in shows.
func (p *project) watched() []watched {
	var all []watched
	add := func(a area, folder string) {
		if abs, err := filepath.Abs(folder); err == nil && isFolder(abs) {
			all = append(all, watched{area: a, name: abs, folder: abs})
		}
	}
	add(contentArea, p.options.content)
	if p.themeOwn {
		add(themeArea, p.options.theme)
	}
	if p.calculator != nil {
		add(calculatorArea, filepath.Join(p.root, "calculator"))
		add(calculatorArea, filepath.Join(p.root, "cmd", "module"))
	}
	return all
}

// serveBuilt serves the folder that the site was built into, as a static host would.
func serveBuilt(ctx context.Context, o *options, addr string, out io.Writer) error {
	root, err := os.OpenRoot(o.out)
	if err != nil {
		return fmt.Errorf("there is no built site in %s; run guide build first", o.out)
	}
	defer root.Close()
	if _, err := root.Stat(manifestName); err != nil {
		return fmt.Errorf("there is no built site in %s; run guide build first", o.out)
	}
	listener, taken, err := listen(addr)
	if err != nil {
		return err
	}
	o.sayWhere(out, taken, listener.Addr())
	o.say(out, "serving %s as it was built at http://%s/; stop with Ctrl-C", o.out, listener.Addr())
	h := hosts{allowed: allowedHosts(listener.Addr().String())}
	return listenAndAnswer(ctx, listener, h.guard(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		answer(w, r, func(address string) ([]byte, error) {
			if hiddenAddress(address) {
				return nil, fs.ErrNotExist
			}
			data, err := root.ReadFile(address)
			if err != nil && !errors.Is(err, fs.ErrNotExist) {
				err = fs.ErrNotExist // a folder
			}
			return data, err
		})
	})))
}

// openBrowser asks the system to show an address.
func openBrowser(address string) error {
	command := "xdg-open"
	switch runtime.GOOS {
	case "darwin":
		command = "open"
	case "windows":
		command = "explorer"
	}
	return exec.Command(command, address).Start()
}
