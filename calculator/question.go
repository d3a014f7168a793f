package calculator

// Input is a question that the calculator can ask: the place of its row in Questions.
type Input uint8

// The inputs in the order in which they are asked, printed and written into links.
const (
	PrimaryGap Input = iota
	TaskStability
	TaskBreadth
	PromptingEffort
	CurrentScore
	TargetScore
	BestModelScore
	CheaperModelScore
	EvalSetSize
	KnowledgeChange
	CorpusTokens
	CitationsOrAccessControl
	LatencyBudgetMS
	BestModelLatencyMS
	OutputKind

	LabelledExamples
	DataQuality
	PreferencePairs
	Verifier
	Teacher

	DataResidency
	TeamCapability
	Exposure
	StartDate
	BaseModelRetirement
	RunningTunedModel

	MonthlyCalls
	VolumeGrowthPercentPerMonth
	TokensStatic
	TokensVariable
	TokensOut
	TunedTokensStatic
	CacheHitPercent
	BatchPercent
	BaselineModel
	TunedModel
	RetrievedTokens
	IndexCost
	BaselinePriceIn
	BaselinePriceCached
	BaselinePriceOut
	TunedPriceIn
	TunedPriceCached
	TunedPriceOut
	ListPriceDiscountPercent
	BaselinePriceFallPercentPerYear
	FallbackPercent
	ValuePerExtraPass
	SavingPerCall

	Method
	Model
	ModelParameters
	ActiveParameters
	Layers
	HiddenSize
	Vocabulary
	Heads
	KVHeads
	TrainingExamples
	TokensPerExample
	Epochs
	TrainingTokens
	PackingPercent
	WastePercent
	RolloutPrompts
	RolloutsPerPrompt
	RolloutTokens
	TrainingStack
	TrainingRoute
	ManagedPricePerMillion
	GPU
	GPUCount
	GPUPricePerHour
	MFUPercent
	SequenceLength
	MicroBatch
	LoRARank
	Checkpointing
	FusedLoss
	TrainingRuns
	LabelsBought
	LabelCost
	EngineerDays
	DayRate
	EvalCost
	OtherOneOffCost
	FineTuneCost

	Hosting
	Replicas
	GPUsPerReplica
	AdaptersSharingHost
	HostingPricePerHour
	InfraCostPerMonth
	MaintenanceDaysPerMonth
	RetrainEveryMonths
	RetrainEffortPercent
	MaintenanceCostPerMonth

	Months
	DiscountRatePercent
	SuccessPercent
	Draws
	RandomSeed

	Inputs // how many there are
)

// Question is one input as it is shown and checked: everything that a form, a link, a flag, a JSON key or a reference
// page needs to know of it.
type Question struct {
	ID      string // its name everywhere outside Go
	Label   string
	Hint    string // one line under the label, without the default
	Unit    string
	Kind    Kind
	Choices []Choice
	Catalog Catalog // which table the id comes from, for KindCatalog
	Min     float64 // bounds, both included, in the input's unit
	Max     float64
	Word    string // a word accepted beside the kind's own values: never, none
	Unknown bool   // "unknown" is an answer
	// Default is the answer that is taken when none is given, as text. It is empty where the default hangs on other
	// answers or on the catalog; DefaultNote then says on what.
	Default     string
	DefaultNote string
	Group       Group
	First       int // 1 to 8 among the eight questions that are asked first, else 0
}

// Choice is one of the words that a KindChoice accepts.
type Choice struct{ Word, Label string }

// Kind is how an answer is written.
type Kind uint8

const (
	KindChoice  Kind = iota // one of the listed words
	KindNumber              // any number or range within the bounds
	KindCount               // a whole number; as a range its ends are whole
	KindPercent             // a number of percent: 5 and 5% are both 0.05
	KindMoney               // US dollars
	KindBool                // true or false
	KindDate                // 2027-01-14
	KindCatalog             // the id of a row in a table
)

// Catalog names a table of the facts.
type Catalog uint8

const (
	NoCatalog Catalog = iota
	PriceCatalog
	ModelCatalog
	GPUCatalog
)

// String names the table in a sentence.
func (c Catalog) String() string { return [...]string{"", "price", "model", "GPU"}[c] }

// Group is a part of the form.
type Group uint8

const (
	GroupTask Group = iota
	GroupData
	GroupTeam
	GroupVolume
	GroupInvestment
	GroupRunning
	GroupHorizon
)

// Groups are the titles of the parts of the form, by Group.
var Groups = [...]string{
	GroupTask:       "The task",
	GroupData:       "The data",
	GroupTeam:       "The team and its limits",
	GroupVolume:     "Volume and price of a call",
	GroupInvestment: "Investment",
	GroupRunning:    "Running it",
	GroupHorizon:    "Horizon",
}

// Question returns the row of in.
func (in Input) Question() *Question { return &Questions[in] }

// ID returns the name of in, such as monthly_calls.
func (in Input) ID() string { return Questions[in].ID }

// Numeric reports whether answers to q are numbers or ranges of them.
func (q *Question) Numeric() bool {
	return q.Kind == KindNumber || q.Kind == KindCount || q.Kind == KindPercent || q.Kind == KindMoney
}

// Find returns the input called id.
func Find(id string) (Input, bool) {
	for i := range Questions {
		if Questions[i].ID == id {
			return Input(i), true
		}
	}
	return 0, false
}
