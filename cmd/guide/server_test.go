package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"regexp"
	"runtime"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"
)

var addressSaid = regexp.MustCompile(`http://(\S+)/`)

// served starts guide serve in the working folder and returns its host and port, and what it has said so far.
func served(t *testing.T, args ...string) (address string, told func() string) {
	t.Helper()
	ctx, stop := context.WithCancel(context.Background())
	r, w := io.Pipe()
	var log lines
	ended := make(chan int, 1)
	go func() {
		ended <- run(ctx, append([]string{"serve", "--addr", "127.0.0.1:0"}, args...), w, &log)
		w.Close()
	}()
	t.Cleanup(func() {
		stop()
		if code := <-ended; code != exitGood {
			t.Errorf("guide serve ended with %d", code)
		}
	})
	out := bufio.NewScanner(r)
	for out.Scan() {
		fmt.Fprintln(&log, out.Text())
		if m := addressSaid.FindStringSubmatch(out.Text()); m != nil {
			go func() {
				for out.Scan() {
					fmt.Fprintln(&log, out.Text())
				}
			}()
			return m[1], log.String
		}
	}
	stop()
	t.Fatalf("guide serve ended before it served: %s", log.String())
	return "", nil
}

// lines is a text that several goroutines write to.
type lines struct {
	mu sync.Mutex
	b  strings.Builder
}

func (l *lines) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.Write(p)
}

func (l *lines) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.String()
}

// asked sends one request as it is written, and returns the status line and everything after it.
func asked(t *testing.T, address, request string) (status, rest string) {
	t.Helper()
	c, err := net.Dial("tcp", address)
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	c.SetDeadline(time.Now().Add(20 * time.Second))
	fmt.Fprintf(c, "%s\r\n", strings.ReplaceAll(request, "\n", "\r\n"))
	data, err := io.ReadAll(c) // some answers end with the connection
	if errors.Is(err, os.ErrDeadlineExceeded) {
		t.Errorf("the answer to %.60q does not end", request)
	}
	status, rest, _ = strings.Cut(string(data), "\r\n")
	return status, rest
}

// gets asks for a target as it is written.
func gets(t *testing.T, address, target string) (status, rest string) {
	t.Helper()
	return asked(t, address, "GET "+target+" HTTP/1.1\nHost: "+address+"\nConnection: close\n")
}

// eventually waits until something is so.
func eventually(t *testing.T, what string, so func() bool) {
	t.Helper()
	for end := time.Now().Add(40 * time.Second); time.Now().Before(end); time.Sleep(20 * time.Millisecond) {
		if so() {
			return
		}
	}
	t.Fatalf("%s has not come about", what)
}

func smallSite() tree {
	return tree{"content/index.md": home, "content/part/a.md": "# A\n", "content/.env": "SECRET", "content/.git/config": "SECRET", "content/_draft.md": "SECRET", "go.mod": "module x\n", ".env": "SECRET"}
}

// However an address is written, only what the build made is answered.
func TestT42PathTricks(t *testing.T) {
	inProject(t, smallSite())
	address, _ := served(t)
	for _, target := range []string{"/../../etc/passwd", "/..%2f..%2fetc/passwd", "/%2e%2e/%2e%2e/etc/passwd", "//etc/passwd", "/@fs/etc/passwd", "/@fs/etc/passwd?raw??", "/part/../../.env", "/part/..%5c..%5c.env", "/index.html#/../../etc/passwd", "#/../../etc/passwd",
		"/%00", "/index.html%00.png", "/index.html/", "/./index.html", "/part//a.html", "/%2fetc/passwd", "/%252e%252e/.env", "http://evil.example/../.env", "*", "/index.html\x00", "/\xff\xfe"} {
		status, rest := gets(t, address, target)
		if strings.Contains(status, " 200 ") || strings.Contains(rest, "SECRET") || strings.Contains(rest, "root:x:") {
			t.Errorf("%q is answered with %s", target, status)
		}
		if _, after, found := strings.Cut(strings.ToLower(rest), "\r\nlocation: "); found {
			if to, _, _ := strings.Cut(after, "\r\n"); strings.HasPrefix(to, "//") || strings.Contains(to, "evil") || strings.HasPrefix(to, `\`) {
				t.Errorf("%q leads to %s", target, to)
			}
		}
	}
	if status, _ := gets(t, address, "/index.html?raw??"); !strings.Contains(status, " 200 ") {
		t.Errorf("a query changes the answer: %s", status)
	}
	for _, target := range []string{"//evil.example/part", "/part/..//evil.example", "///evil.example"} { // an open redirect
		if _, rest := gets(t, address, target); strings.Contains(strings.ToLower(rest), "location: //") {
			t.Errorf("%s is sent elsewhere: %s", target, rest)
		}
	}
}

// Of the project itself nothing is served, in whatever letters its name is asked for.
func TestT43SourcesAreHidden(t *testing.T) {
	inProject(t, smallSite())
	guide("build", "--quiet").want(t, exitGood)
	for _, args := range [][]string{nil, {"--built"}} {
		address, _ := served(t, args...)
		for _, target := range []string{"/.git/config", "/.env", "/.ENV", "/content/index.md", "/content/.env", "/_draft.md", "/_draft.html", "/go.mod", "/site.yaml", "/.guide-manifest", "/.guide-inputs", "/.guide-lock", "/.GUIDE-MANIFEST", "/.guide-stage/", `/..\content\index.md`, "/..%5ccontent%5cindex.md",
			"/C:/Windows/win.ini", "/C:%5cWindows", "/index.html::$DATA", "/INDEX.HTML", "/index.html.", "/index.html%20", "/theme/css/site.css", "/public/index.html", "/nul", "/con.html", "/.guide/", "/.guide/events/x"} {
			status, rest := gets(t, address, target)
			if !strings.Contains(status, " 404 ") || strings.Contains(rest, "SECRET") {
				t.Errorf("%v: %s is answered with %s", args, target, status)
			}
		}
		if status, _ := gets(t, address, "/part/a.html"); !strings.Contains(status, " 200 ") {
			t.Errorf("a page is answered with %s", status)
		}
	}
}

// A page of another site can neither read nor listen.
func TestT44OtherOrigins(t *testing.T) {
	inProject(t, smallSite())
	address, _ := served(t)
	for _, origin := range []string{"http://evil.example", "null", "file://", "http://" + address + ".evil.example", "http://localhost:1", "https://" + address + "@evil.example"} {
		for _, head := range []string{"GET / HTTP/1.1", "GET /.guide/events HTTP/1.1", "GET /.guide/reload.js HTTP/1.1", "OPTIONS / HTTP/1.1\nAccess-Control-Request-Method: GET", "GET / HTTP/1.1\nUpgrade: websocket\nSec-WebSocket-Version: 13\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ=="} {
			status, rest := asked(t, address, head+"\nHost: "+address+"\nOrigin: "+origin+"\nConnection: close\n")
			if !strings.Contains(status, " 403 ") || strings.Contains(strings.ToLower(rest), "access-control-") {
				t.Errorf("%s from %s: %s", head, origin, status)
			}
		}
	}
	status, rest := gets(t, address, "/")
	for _, header := range []string{"cross-origin-resource-policy: same-origin", "x-content-type-options: nosniff"} {
		if !strings.Contains(status, " 200 ") || !strings.Contains(strings.ToLower(rest), header) || strings.Contains(strings.ToLower(rest), "access-control-") {
			t.Errorf("%s: there is no %s", status, header)
		}
	}
}

// A name that another site lets point here (DNS rebinding) is not ours.
func TestT45ForeignHosts(t *testing.T) {
	inProject(t, smallSite())
	address, _ := served(t)
	for _, host := range []string{"evil.example", "localhost.evil.example", "127.0.0.1.evil.example", "0.0.0.0", "192.168.1.5", "", "evil.example:80", "[::2]", "localhost@evil.example"} {
		for _, target := range []string{"/", "/.guide/events", "/sw.js"} {
			if status, _ := asked(t, address, "GET "+target+" HTTP/1.1\nHost: "+host+"\nConnection: close\n"); !strings.Contains(status, " 421 ") && !strings.Contains(status, " 400 ") {
				t.Errorf("host %q: %s", host, status)
			}
		}
	}
	for _, host := range []string{"localhost", "LOCALHOST:99", "127.0.0.1", "[::1]:1", address} {
		if status, _ := asked(t, address, "GET / HTTP/1.1\nHost: "+host+"\nConnection: close\n"); !strings.Contains(status, " 200 ") {
			t.Errorf("host %q: %s", host, status)
		}
	}
}

func TestT46Listening(t *testing.T) {
	inProject(t, smallSite())
	taken, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer taken.Close()
	address, told := served(t, "--addr", taken.Addr().String())
	if address == taken.Addr().String() || !strings.Contains(told(), taken.Addr().String()+" is taken, so the site is served at another port") {
		t.Errorf("%s: %s", address, told())
	}
	if strings.Contains(told(), "other machines") {
		t.Errorf("a loopback address is warned of: %s", told())
	}
	if host, _, _ := net.SplitHostPort(address); !net.ParseIP(host).IsLoopback() {
		t.Errorf("it listens on %s", address)
	}
	_, told = served(t, "--addr", "0.0.0.0:0")
	if !strings.Contains(told(), "other machines can read this site while it is written") {
		t.Errorf("nothing is said of the network: %s", told())
	}
	if c := serveCommand(io.Discard, io.Discard).Flag("addr").DefValue; c != "127.0.0.1:8080" {
		t.Errorf("the default is %s", c)
	}
	guide("serve", "--addr", "nonsense").want(t, exitUse, "--addr nonsense is no address to listen on; write one such as 127.0.0.1:8080")
	guide("serve", "--addr", "a..b:8080").want(t, exitMachine, "listen on a..b:8080: no address is known of a..b; choose another with --addr\n")
	guide("serve", "--addr", "192.0.2.1:8080").want(t, exitMachine, "listen on 192.0.2.1:8080: ", "choose another with --addr")
}

// Two hundred browsers listen, some of them never read, and every build reaches those that do; when they go nothing is left.
func TestT47ManyClients(t *testing.T) {
	inProject(t, smallSite())
	address, _ := served(t)
	before := runtime.NumGoroutine()
	var welcomed, heard atomic.Int64
	var open []net.Conn
	for i := range 200 {
		c, err := net.Dial("tcp", address)
		if err != nil {
			t.Fatal(err)
		}
		open = append(open, c)
		if i%4 == 0 {
			c.(*net.TCPConn).SetReadBuffer(1024)
		}
		fmt.Fprintf(c, "GET /.guide/events HTTP/1.1\r\nHost: %s\r\n\r\n", address)
		if i%4 != 0 { // the others never read
			go func() {
				said := bufio.NewScanner(c)
				for said.Scan() {
					switch line := said.Text(); {
					case line == "event: build":
						welcomed.Add(1)
					case strings.Contains(line, `"address":"part/a.html"`):
						heard.Add(1)
					}
				}
			}()
		}
	}
	eventually(t, "a welcome for all who read", func() bool { return welcomed.Load() == 150 })
	for n := range 3 {
		want := int64(150 * (n + 1))
		tree{"content/part/a.md": fmt.Sprintf("# A\n\nVersion %d.\n", n)}.write(t)
		eventually(t, fmt.Sprintf("the news of version %d at all who read", n), func() bool { return heard.Load() >= want })
		if status, rest := gets(t, address, "/part/a.html"); !strings.Contains(rest, fmt.Sprintf("Version %d.", n)) {
			t.Errorf("version %d: %s", n, status)
		}
	}
	for _, c := range open {
		c.Close()
	}
	eventually(t, "the end of all that served them", func() bool { return runtime.NumGoroutine() <= before+5 })
}

// Requests that never end, that are too large, or that want something changed are refused, and hold up nobody.
func TestT48SlowAndWrongRequests(t *testing.T) {
	inProject(t, smallSite())
	address, _ := served(t)
	for range 50 {
		c, err := net.Dial("tcp", address)
		if err != nil {
			t.Fatal(err)
		}
		defer c.Close()
		fmt.Fprint(c, "GET / HTTP/1.1\r\nHost: localhost\r\nX-Slow: ") // and no more
	}
	var all sync.WaitGroup // side by side: some end only when the server has waited long enough
	for request, want := range map[string]string{
		"POST / HTTP/1.1\nHost: localhost\nContent-Length: 0\nConnection: close\n":                    " 405 ",
		"PUT /index.html HTTP/1.1\nHost: localhost\nContent-Length: 1\nConnection: close\n\nx":        " 405 ",
		"DELETE /index.html HTTP/1.1\nHost: localhost\nConnection: close\n":                           " 405 ",
		"GET / HTTP/1.1\nHost: localhost\nX: " + strings.Repeat("x", 1<<20) + "\nConnection: close\n": " 431 ",
		"nonsense\n": " 400 ",
		"GET / HTTP/1.1\nHost: localhost\nRange: bytes=0-1,2-3,4-5,0-,0-,0-,0-,0-\nConnection: close\n": " 20",
		"HEAD /index.html HTTP/1.1\nHost: localhost\nConnection: close\n":                               " 200 ",
		"HEAD /.guide/events HTTP/1.1\nHost: localhost\nConnection: close\n":                            " 200 ",
		"TRACE / HTTP/1.1\nHost: localhost\nConnection: close\n":                                        " 405 ",
		"GET / HTTP/1.1\nHost: localhost\nContent-Length: 100\n\nhalf":                                  " 200 ", // and the rest never comes
		"POST / HTTP/1.1\nHost: localhost\nTransfer-Encoding: chunked\n\n5\n":                           " 405 ",
	} {
		all.Go(func() {
			if status, _ := asked(t, address, request); !strings.Contains(status, want) {
				t.Errorf("%.60q: %q, want %s", request, status, want)
			}
		})
	}
	all.Wait()
	if response, err := http.Get("http://" + address + "/"); err != nil || response.StatusCode != http.StatusOK {
		t.Errorf("%v", err)
	}
	if _, err := os.Stat("content/index.md"); err != nil {
		t.Error(err)
	}
}
