package browser

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/target"
	"github.com/chromedp/chromedp"
)

// What all tests share: the command, the built site, the browser.
var (
	guide string // the command
	site  string // the guide's own site, built
	chrom string // Chromium; empty where there is none
	root  string // the project's folder

	chromium context.Context // the browser that every test opens tabs in
)

// core are the tests that -short runs: each way in which the site is used, once.
const core = "^(TestT81ReadsWithoutScript|TestCalculatesOnline|TestOfflineAfterOneVisit|TestT79FromDisk|TestLiveReload)$"

func TestMain(m *testing.M) {
	flag.Parse()
	if named := flag.Lookup("test.run"); testing.Short() && named.Value.String() == "" {
		if err := named.Value.Set(core); err != nil {
			fmt.Println(err)
			os.Exit(1)
		}
	}
	os.Exit(run(m))
}

func run(m *testing.M) int {
	var err error
	if chrom, err = findChromium(); err != nil {
		fmt.Println(err)
		return 1
	}
	if chrom == "" {
		fmt.Println("browser tests are skipped: there is no Chromium; install it, or name it in CHROME_PATH")
		return 0
	}
	temporary, err := os.MkdirTemp("", "guide-browser-")
	if err != nil {
		fmt.Println(err)
		return 1
	}
	defer os.RemoveAll(temporary)
	root = filepath.Join("..", "..", "..", "..")
	guide, site = filepath.Join(temporary, "guide"), filepath.Join(temporary, "site")
	if err := command("go", "build", "-o", guide, "./cmd/guide"); err != nil {
		fmt.Println(err)
		return 1
	}
	if err := command(guide, "build", "--quiet", "--out", site); err != nil {
		fmt.Println(err)
		return 1
	}
	options := append(slices.Clone(chromedp.DefaultExecAllocatorOptions[:]), chromedp.ExecPath(chrom), chromedp.NoSandbox, chromedp.DisableGPU,
		chromedp.Flag("host-resolver-rules", "MAP * ~NOTFOUND , EXCLUDE 127.0.0.1"), chromedp.WindowSize(1280, 900))
	allocator, stop := chromedp.NewExecAllocator(context.Background(), options...)
	defer stop()
	var quit context.CancelFunc
	chromium, quit = chromedp.NewContext(allocator)
	defer quit()
	if err := chromedp.Do(chromium, chromedp.Navigate("about:blank")); err != nil {
		fmt.Println(err)
		return 1
	}
	return m.Run()
}

// look looks at everything that the commands read, so that a remembered result of these tests is never older than that.
// It must happen inside a test: only there does `go test` take notice.
var look = sync.OnceValue(func() error {
	for _, folder := range []string{"calculator", "cmd", "content", "theme"} {
		err := filepath.WalkDir(filepath.Join(root, folder), func(name string, d os.DirEntry, err error) error {
			if err == nil && !d.IsDir() {
				_, err = os.ReadFile(name)
			}
			return err
		})
		if err != nil {
			return err
		}
	}
	return nil
})

// command runs a command in the project's folder.
func command(name string, args ...string) error {
	c := exec.Command(name, args...)
	c.Dir = root
	if out, err := c.CombinedOutput(); err != nil {
		return fmt.Errorf("%s %s: %w\n%s", filepath.Base(name), strings.Join(args, " "), err, out)
	}
	return nil
}

// findChromium looks in CHROME_PATH and PATH. As root on Debian a missing one is installed. It is empty where there is
// none and none need be.
func findChromium() (string, error) {
	if path := os.Getenv("CHROME_PATH"); path != "" {
		return path, nil
	}
	if path := onPath(); path != "" {
		return path, nil
	}
	if _, err := exec.LookPath("apt-get"); err == nil && os.Geteuid() == 0 {
		fmt.Println("installing Chromium with apt-get for the browser tests")
		for _, args := range [][]string{{"update", "-qq"}, {"install", "-y", "-qq", "--no-install-recommends", "chromium"}} {
			c := exec.Command("apt-get", args...)
			c.Env = append(os.Environ(), "DEBIAN_FRONTEND=noninteractive")
			if out, err := c.CombinedOutput(); err != nil && args[0] == "install" {
				return "", fmt.Errorf("apt-get %s: %w\n%s", strings.Join(args, " "), err, out)
			}
		}
		if path := onPath(); path != "" {
			return path, nil
		}
	}
	if os.Getenv("CI") == "true" {
		return "", errors.New("browser tests need Chromium under CI=true: install it, or name it in CHROME_PATH")
	}
	return "", nil
}

func onPath() string {
	for _, name := range [...]string{"chromium", "chromium-browser", "google-chrome", "google-chrome-stable"} {
		if path, err := exec.LookPath(name); err == nil {
			return path
		}
	}
	return ""
}

// newTab opens a tab that shares nothing with the tabs of other tests: no storage, no cache. It ends with the test. What the
// page throws or complains of fails the test. It has no service workers, which would save the whole site beside each test.
func newTab(t testing.TB) context.Context {
	t.Helper()
	tab := keepingTab(t)
	first(t, tab, `Object.defineProperty(navigator, "serviceWorker", {value: undefined})`)
	return tab
}

// keepingTab opens such a tab with service workers.
func keepingTab(t testing.TB) context.Context {
	t.Helper()
	if err := look(); err != nil {
		t.Fatal(err)
	}
	tab, cancel := chromedp.NewContext(chromium, chromedp.WithNewBrowserContext())
	t.Cleanup(cancel)
	visit(t, tab, "about:blank")
	leaveWorkers(t, tab)
	watchErrors(t, tab)
	return tab
}

// leaveWorkers lets service workers be: one that a debugger is attached to never counts as idle, so a newer version could not
// take over from it while pages are open.
func leaveWorkers(t testing.TB, tab context.Context) {
	t.Helper()
	leave := func(ctx context.Context, tab *chromedp.Target) (chromedp.Void, error) {
		flat := true
		_, err := cdp.Call(ctx, tab, target.SetAutoAttach, target.SetAutoAttachParams{Flatten: &flat})
		return chromedp.Void{}, err
	}
	if err := chromedp.Do(tab, leave); err != nil {
		t.Fatal(err)
	}
}

// visit loads an address.
func visit(t testing.TB, tab context.Context, address string) {
	t.Helper()
	if err := chromedp.Do(tab, chromedp.Navigate(address)); err != nil {
		t.Fatalf("%s: %v", address, err)
	}
}

// eval returns the value of an expression.
func eval[T any](t testing.TB, tab context.Context, expression string) T {
	t.Helper()
	value, err := chromedp.Run(tab, chromedp.Evaluate[T](expression))
	if err != nil {
		t.Fatalf("%s: %v", expression, err)
	}
	return value
}

// typeInto puts text into a field as a person does: the field is emptied and each key is heard.
func typeInto(t *testing.T, tab context.Context, selector, text string) {
	t.Helper()
	eval[bool](t, tab, `(e => { e.focus(); e.value = ""; e.dispatchEvent(new Event("input", {bubbles: true})); return true })(document.querySelector(`+strconv.Quote(selector)+`))`)
	typeOn(t, tab, selector, text)
}

// typeOn puts text after what stands in a field.
func typeOn(t *testing.T, tab context.Context, selector, text string) {
	t.Helper()
	if err := chromedp.Do(tab, chromedp.SendKeys(chromedp.CSS(selector), text)); err != nil {
		t.Fatalf("%s: %v", selector, err)
	}
}

// until waits until an expression is true.
func until(t testing.TB, tab context.Context, what, expression string) {
	t.Helper()
	end := time.Now().Add(time.Minute)
	for time.Now().Before(end) {
		if yes, err := chromedp.Run(tab, chromedp.Evaluate[bool]("!!("+expression+")")); err == nil && yes {
			return
		}
		time.Sleep(30 * time.Millisecond)
	}
	t.Fatalf("%s has not come about: %s", what, expression)
}

// host serves folders as a plain static host does, each under a prefix, until it is taken down.
type host struct {
	address string // of the first folder
	server  *http.Server
	mux     *http.ServeMux

	mu    sync.Mutex
	meet  func(w http.ResponseWriter, r *http.Request) (done bool) // sees each request first; nil for none
	asked []string                                                 // paths, in order
}

func newHost(t testing.TB, folder, prefix string) *host {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	h := &host{address: "http://" + listener.Addr().String() + prefix, mux: http.NewServeMux()}
	h.serve(prefix, func() string { return folder })
	h.server = &http.Server{Handler: h}
	go h.server.Serve(listener)
	t.Cleanup(h.down)
	return h
}

// serve puts a folder under a prefix; which one is asked anew for each request.
func (h *host) serve(prefix string, folder func() string) {
	h.mux.Handle(prefix, http.StripPrefix(strings.TrimSuffix(prefix, "/"), http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if _, err := os.Stat(filepath.Join(folder(), filepath.FromSlash(r.URL.Path))); err != nil {
			page, _ := os.ReadFile(filepath.Join(folder(), "404.html"))
			w.Header().Set("Content-Type", "text/html; charset=utf-8")
			w.WriteHeader(http.StatusNotFound)
			w.Write(page)
			return
		}
		for name, value := range headersOf(folder(), r.URL.Path) {
			w.Header().Set(name, value)
		}
		http.FileServer(http.Dir(folder())).ServeHTTP(w, r)
	})))
}

func (h *host) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	r.Header.Del("If-Modified-Since") // counts whole seconds, and a test builds two editions within one
	h.mu.Lock()
	h.asked = append(h.asked, r.URL.Path)
	meet := h.meet
	h.mu.Unlock()
	if meet == nil || !meet(w, r) {
		h.mux.ServeHTTP(w, r)
	}
}

// meets sets what sees each request first.
func (h *host) meets(meet func(w http.ResponseWriter, r *http.Request) (done bool)) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.meet = meet
}

// since returns the paths asked for since the last call.
func (h *host) since() []string {
	h.mu.Lock()
	defer h.mu.Unlock()
	asked := h.asked
	h.asked = nil
	return asked
}

// headersOf are the headers that the site's own list asks a host to send with an address; a name that several rules give
// gets their values joined, as hosts do.
func headersOf(folder, address string) map[string]string {
	headers := map[string]string{}
	list, _ := os.ReadFile(filepath.Join(folder, "_headers")) // a site that is not ours has none
	fits := false
	for line := range strings.Lines(string(list)) {
		line = strings.TrimRight(line, "\n")
		if !strings.HasPrefix(line, " ") {
			before, star := strings.CutSuffix(line, "*")
			fits = address == line || star && strings.HasPrefix(address, before)
			continue
		}
		name, value, _ := strings.Cut(strings.TrimSpace(line), ": ")
		if !fits {
			continue
		}
		if had := headers[name]; had != "" {
			value = had + ", " + value
		}
		headers[name] = value
	}
	return headers
}

func (h *host) down() { h.server.Close() }
