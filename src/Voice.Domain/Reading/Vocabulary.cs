namespace Voice.Domain.Reading;

/// <summary>The words of the trade. Lists, so that a new word is a change of one line.</summary>
internal static class Vocabulary
{
    // Each unit by every form that is said: its name, the English plural, and the others.
    private static readonly string[][] UnitForms = Forms(
        "bag bags gunia magunia", "sack sacks", "crate crates", "tray trays", "box boxes", "carton cartons", "bale bales",
        "bundle bundles", "basket baskets",
        "bucket buckets", "debe debes madebe", "tin tins", "litre litres liter liters",
        "kilogram kilograms kilogramme kilogrammes kg kgs kilo kilos", "gram grams",
        "tonne tonnes ton tons", "piece pieces pcs", "day days siku", "hour hours", "week weeks", "month months mwezi", "year years",
        "kilometre kilometres kilometer kilometers km kms",
        "mile miles", "pallet pallets", "gallon gallons", "roll rolls", "pair pairs",
        "acre acres", "trip trips", "quintal quintals", "container containers", "jerrycan jerrycans", "bottle bottles", "packet packets",
            "tuber tubers",
        "bunch bunches", "heap heaps", "net nets", "basin basins", "bowl bowls", "gorogoro gorogoros", "olonka olonkas", "mudu mudus",
        "lorry lorries", "truck trucks truckload truckloads", "drum drums", "metre metres meter meters", "head heads", "set sets",
        "dozen dozens");

    /// <summary>Units by every form that is said; the value is the singular English word.</summary>
    public static readonly Dictionary<string, string> Units = UnitForms.SelectMany(forms =>
        forms.Select(form => (form, Name: forms[0]))).ToDictionary(pair => pair.form, pair => pair.Name);

    /// <summary>Units that measure what is inside a package: "ninety kilo bags", "bags of fifty kilos".</summary>
    public static readonly HashSet<string> Measures = ["kilogram", "litre", "gram", "tonne"];

    /// <summary>Units of time: they count only where work is sold.</summary>
    public static readonly HashSet<string> TimeUnits = ["day", "hour", "week", "month", "year"];

    /// <summary>How long or how far, not how many: they count only as factors of a sum.</summary>
    public static readonly HashSet<string> Extents = ["week", "month", "year", "kilometre", "mile"];

    /// <summary>Francs, and kwacha, of a country that was not named.</summary>
    public const string Francs = "francs", Kwacha = "kwacha";

    /// <summary>Currencies by every form that is said; empty: shillings, whose country must be known.</summary>
    public static readonly Dictionary<string, string> Currencies = Coded("- shillings shilingi shilling sh shs", "KES bob kes ksh kshs",
        "UGX ugx ush", "TZS tzs tsh tshs", "NGN naira ngn ₦", "USD usd dollars dollar $", "EUR euro euros eur €", "GBP sterling gbp £",
        "GHS cedi cedis ghs", "ZAR r rand rands zar", Kwacha + " kwacha", "ZMW zmw", "MWK mwk", "ETB birr etb", "RWF rwf", "BWP pula bwp",
        "XOF xof cfa", "XAF xaf", "MZN meticais metical", Francs + " francs franc");

    /// <summary>Nations that stand before a currency's name and decide which it is.</summary>
    public static readonly Dictionary<string, string> Nations = Coded("KES kenya kenyan", "UGX uganda ugandan", "TZS tanzania tanzanian",
        "SOS somali", "NGN nigerian", "USD us american", "MWK malawi malawian", "ZMW zambian", "RWF rwandan rwanda", "GHS ghana ghanaian");

    /// <summary>Goods that are named without a unit before them; what stands behind "bags of" needs no list.</summary>
    public static readonly HashSet<string> Goods =
    [
        .. """
        maize corn bean rice wheat millet sorghum barley oat flour sugar salt tea coffee cocoa milk egg honey fish tilapia omena beef mutton
        pork meat chicken hen duck turkey goat sheep cow bull calf heifer camel donkey pig rabbit potato tomato onion cabbage kale sukuma
        spinach carrot pepper pea lentil groundnut peanut cassava yam banana matooke plantain mango orange avocado pineapple pawpaw papaya
        melon watermelon apple lemon lime passion sesame simsim sunflower soya soybean cotton sisal tobacco timber wood charcoal firewood
        cement sand ballast brick block stone iron steel nail paint fertiliser fertilizer seed seedling hay fodder silage manure diesel
        petrol kerosene fuel gas oil soap cloth fabric shoe uniform phone solar panel bicycle motorbike motorcycle tractor car lorry
        furniture chair table bed mattress door window cashew nut macadamia ginger garlic chilli capsicum cucumber courgette eggplant
        okra cowpea amaranth strawberry grape guava coconut jackfruit vanilla cardamom clove turmeric moringa tamarind shea pyrethrum
        smartphone laptop computer television fridge freezer cooker generator pump pipe wire cable tile tank tyre battery gate fence
        wardrobe sofa desk blanket curtain towel shirt trouser dress fingerling broiler chick piglet lamb oxen bran straw gravel website
        borehole wool leather beeswax baobab simu mahindi maharage viazi nyanya vitunguu mchele maziwa mayai kuku
        """.Split((char[])[' ', '\n', '\r'], StringSplitOptions.RemoveEmptyEntries),
    ];

    /// <summary>What is counted and not sold.</summary>
    public static readonly HashSet<string> Uncounted = ["instalments", "installments", "payments", "percent", "people", "men", "women",
        "workers", "children", "sons", "boys", "girls", "guys", "kids", "sisters", "brothers", "friends", "members", "guests", "students",
        "loaders", "minutes", "times", "parts", "o'clock", "am", "pm", "room", "rooms", "bedroom", "bedrooms", "seater", "storey"];

    /// <summary>Words by which goods are asked for and offered.</summary>
    public static readonly HashSet<string> Trading = ["want", "need", "buy", "sell", "order", "have", "supply", "give", "take", "like"];

    /// <summary>Goods whose name is two words, of which the last alone is something else.</summary>
    public static readonly HashSet<string> PairedGoods = ["green gram", "sweet potato", "irish potato", "cooking oil", "palm oil",
        "school uniform", "iron sheet", "soya bean", "plastic chair", "animal feed", "chain link", "roofing nail", "iron rod",
        "solar panel", "mobile phone", "sugar cane", "black pepper", "fishing net", "water tank", "mosquito net", "chicken feed",
        "dairy meal", "spare part"];

    /// <summary>Towns, for transcripts without capitals.</summary>
    public static readonly string[] Towns = ["nairobi", "mombasa", "kisumu", "nakuru", "eldoret", "thika", "malindi", "kitale", "garissa",
        "kakamega", "nyeri", "machakos", "meru", "lamu", "naivasha", "nanyuki", "kericho", "kisii", "embu", "narok", "isiolo", "voi",
        "busia", "bungoma", "webuye", "migori", "homa bay", "siaya", "kitui", "limuru", "ruiru", "kiambu", "athi river", "syokimau",
        "kajiado", "lodwar", "wajir", "mandera", "marsabit", "moyale", "kilifi", "kwale", "nyahururu", "muranga", "kerugoya", "karatina",
        "molo", "gilgil", "kampala", "entebbe", "jinja", "mbarara", "gulu", "lira", "mbale", "masaka", "soroti", "arua", "fort portal",
        "dar es salaam", "dodoma", "arusha", "mwanza", "mbeya", "morogoro", "tanga", "moshi", "zanzibar", "iringa", "kigoma", "tabora",
        "kigali", "huye", "musanze", "bujumbura", "goma", "bukavu", "kinshasa", "lubumbashi", "addis ababa", "dire dawa", "adama",
        "hawassa", "mogadishu", "hargeisa", "juba", "khartoum", "lagos", "abuja", "kano", "ibadan", "kaduna", "port harcourt",
        "benin city", "onitsha", "enugu", "jos", "maiduguri", "accra", "kumasi", "tamale", "takoradi", "tema", "abidjan", "dakar",
        "bamako", "lome", "cotonou", "douala", "yaounde", "lusaka", "ndola", "kitwe", "livingstone", "lilongwe", "blantyre", "mzuzu",
        "harare", "bulawayo", "mutare", "gaborone", "francistown", "maputo", "beira", "nampula", "johannesburg", "durban", "cape town",
        "pretoria", "windhoek"];

    /// <summary>What may follow a place's name and belongs to it.</summary>
    public static readonly HashSet<string> PlaceKinds = ["market", "town", "station", "port", "depot", "warehouse", "stage", "junction",
        "airport", "road"];

    /// <summary>Words that end a name of goods.</summary>
    public static readonly HashSet<string> Stops =
    [
        .. """
        a an the and or but at for to from in on of by with per each is are was were will would can could shall should must may my your our
        his her their this that these those it them they we you i he she me us so then okay ok yes no good fine please now today tomorrow
        then also if when which who price cost total shillings be been have has had do does did not just only very more much many how what
        where because as than there here about into out up down before after until again sir madam friend brother sister thank thanks goes
        go going sell sells selling buy buys buying cost costs deliver delivered delivery bring brought take want need make let us say sorry
        deal agreed correct exactly right sawa alright i'm i'll we're we'll you're you'll it's that's he's she's they're don't can't
        """.Split((char[])[' ', '\n', '\r'], StringSplitOptions.RemoveEmptyEntries),
    ];

    /// <summary>The singular of a noun as spoken; mass nouns stay as they are.</summary>
    public static string Singular(string noun) => noun switch
    {
        "gas" or "grass" or "molasses" or "hibiscus" or "peas" => noun == "peas" ? "pea" : noun,
        "calves" => "calf",
        "feet" => "foot",
        "loaves" => "loaf",
        "fish" or "sheep" => noun,
        _ when noun.EndsWith("ies", StringComparison.Ordinal) && noun.Length > 4 => noun[..^3] + "y",
        _ when noun.EndsWith("oes", StringComparison.Ordinal) => noun == "shoes" ? "shoe" : noun[..^2],
        _ when noun.EndsWith("ches", StringComparison.Ordinal) || noun.EndsWith("shes", StringComparison.Ordinal)
            || noun.EndsWith("xes", StringComparison.Ordinal)
            || noun.EndsWith("sses", StringComparison.Ordinal) => noun[..^2],
        _ when noun.EndsWith('s') && !noun.EndsWith("ss", StringComparison.Ordinal) && !noun.EndsWith("us", StringComparison.Ordinal)
            && noun.Length > 3 => noun[..^1],
        _ => noun,
    };

    /// <summary>The plural of a unit, as the list has it; a unit that is not of the list gets an s.</summary>
    public static string Plural(string unit) => UnitForms.FirstOrDefault(forms => forms[0] == unit) is [_, var plural, ..] ? plural
        : unit + "s";

    /// <summary>Whether the word names goods of the list, in singular or plural.</summary>
    public static bool IsGoods(string lower) => Goods.Contains(lower) || Goods.Contains(Singular(lower));

    // A code, then every word for it.
    private static Dictionary<string, string> Coded(params string[] lines) => Forms(lines)
        .SelectMany(forms => forms.Skip(1).Select(form => (form, Code: forms[0] == "-" ? "" : forms[0])))
        .ToDictionary(pair => pair.form, pair => pair.Code);

    private static string[][] Forms(params string[] lines) => [.. lines.Select(line => line.Split(' '))];
}
