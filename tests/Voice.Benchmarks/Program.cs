using System.Diagnostics;
using Npgsql;
using Voice.Application;
using Voice.Benchmarks;
using Voice.TestKit;
using Voice.TestKit.Faults;

if (args is ["limit", var bare])
{
    await Limit.RunAsync(bare);
    return;
}

if (args is ["faults", ..])
{
    // faults [seed] [conferences] [customers]: a conference is about 1.1 events for each of its customers.
    var seed = args.Length > 1 ? int.Parse(args[1], System.Globalization.CultureInfo.InvariantCulture) : Random.Shared.Next();
    var conferences = args.Length > 2 ? int.Parse(args[2], System.Globalization.CultureInfo.InvariantCulture) : 1000;
    var customers = args.Length > 3 ? int.Parse(args[3], System.Globalization.CultureInfo.InvariantCulture) : 10;
    Console.WriteLine($"Seed {seed}, {conferences} conferences, {customers} customers …");
    var findings = await FaultRun.RunAsync(seed, conferences, customers);
    Console.WriteLine(findings);
    Environment.ExitCode = findings.Wrongs.Count == 0 ? 0 : 1;
    return;
}

if (args is ["speech", ..])
{
    var audio = Directory.CreateTempSubdirectory("voice-speech-bench-");
    await Speech.MeasureAsync(audio.FullName, args is [_, var calls]
        ? int.Parse(calls, System.Globalization.CultureInfo.InvariantCulture) : 8);
    audio.Delete(recursive: true);
    return;
}

// Parts by name (reads webhook waiters events sizes), or all of them.
bool Wanted(string part) => args.Length == 0 || args.Contains(part);

const int Rows = 400_000;
const int InProgress = 395_000;
PostgresServer.IsDurable = true;
var server = await PostgresServer.GetAsync();
var folder = Directory.CreateTempSubdirectory("voice-bench-");
AppDomain.CurrentDomain.ProcessExit += (_, _) => folder.Delete(recursive: true);
Console.WriteLine($"Seeding {Rows:N0} recordings …");
const string NoLimit = "--Limits:RequestsPerSecond=1000000"; // All load comes from one address.
var main = await Seed.CreateAsync(server, Rows, InProgress);

await using var one = await VoiceProcess.StartAsync(main, folder.FullName, NoLimit);
await using var other = await VoiceProcess.StartAsync(main, folder.FullName, NoLimit);
await using var limit = await VoiceProcess.StartProgramAsync("Voice.Benchmarks.dll", ["limit", main]);
await using var peer = await StartPeerAsync(main);
var (ours, theirs, least) = (one.Http.BaseAddress!, other.Http.BaseAddress!, limit.Http.BaseAddress!);

// Every recording in progress is ended at most once, from the first to the last.
using var unfinished = Enumerable.Range(Rows - InProgress, InProgress).Select(number => (long)number).GetEnumerator();
const string StatusRoute = "/api/v1/voice/recordings/";
var tag = (await one.Http.GetAsync(StatusRoute + Seed.Id(1))).Headers.ETag!.ToString();

if (Wanted("reads"))
{
    string Final(int number) => Seed.Id(number % 1000);
    string Unfinished(int number) => Seed.Id(Rows - 1 - (number % 1000));
    await CompareAsync("status read, final", Get(ours, number => StatusRoute + Final(number)),
        Get(least, _ => "/constant") with { Name = "a constant", Goal = 0.88 },
        FromPeer(number => Connection.Get("/recordings/" + Final(number))));
    await CompareAsync("status read, in progress", Get(ours, number => StatusRoute + Unfinished(number)),
        Get(least, number => "/read/" + Unfinished(number)) with { Name = "one prepared read", Goal = 0.80 },
        FromPeer(number => Connection.Get("/recordings/" + Unfinished(number))));
    await CompareAsync("304", Get(ours, _ => StatusRoute + Seed.Id(1), $"If-None-Match: {tag}\r\n", 304),
        Get(least, _ => "/constant") with { Name = "a constant", Goal = 0.88 });
}
if (Wanted("webhook"))
    await CompareAsync("webhook intake", new Side(ours, _ => Post(Next())),
        new Side(least, _ => Post(Next(), "/work")) { Name = "the same work by hand", Goal = 0.75 },
        new Side(least, number => Post(number)) { Name = "one row inserted" }, FromPeer(_ => Post(Next(), "/webhook")));
if (Wanted("waiters"))
{
    var same = await Waiters.DelayAsync(ours, ours, unfinished, 500);
    Print("webhook to waiter, same instance", $"p50 {same.P50:F1} ms, p99 {same.P99:F1} ms", "");
    var across = await Waiters.DelayAsync(ours, theirs, unfinished, 500);
    Print("webhook to waiter, other instance", $"p50 {across.P50:F1} ms, p99 {across.P99:F1} ms", "p99 < 50 ms");
    foreach (var count in new[] { 1_000, 10_000 })
    {
        var crowd = await Waiters.CrowdAsync(theirs, other.ProcessId, main, Next(), count);
        Print($"{count:N0} waiters", $"{crowd.KilobytesEach:F1} KB each, {crowd.Reads} reads while held, woken in {crowd.WakeSeconds:F2} s",
            "< 20 KB, 0 reads, < 2 s");
    }
}
if (Wanted("events"))
{
    await using var told = await VoiceProcess.StartAsync(
        await Seed.CreateAsync(server, Rows, InProgress), folder.FullName, NoLimit, "--Events:AllowPrivate=true");
    await using var events = await Events.StartAsync(told);
    long last = Rows - InProgress;
    long NextTold() => Interlocked.Increment(ref last) - 1;
    var delay = await events.DelayAsync(NextTold, 500);
    Print("commit to the first try at a back-end", $"p50 {delay.P50:F1} ms, p99 {delay.P99:F1} ms", "p99 < 100 ms");
    await CompareAsync("webhook intake with a back-end told of it", new Side(told.Http.BaseAddress!, _ => Post(NextTold())),
        new Side(ours, _ => Post(Next())) { Name = "without", Goal = 0.80 });
    Print("deliveries of one instance", $"{await events.RateAsync(5_000):N0}/s", "");
}
if (!Wanted("sizes")) return;
Console.WriteLine("Seeding 1,000 and 1,000,000 recordings …");
await using var small = await VoiceProcess.StartAsync(await Seed.CreateAsync(server, 1_000, 500), folder.FullName, NoLimit);
await using var large = await VoiceProcess.StartAsync(await Seed.CreateAsync(server, 1_000_000, 500), folder.FullName, NoLimit);
(VoiceProcess Instance, int Rows)[] sizes = [(small, 1_000), (one, Rows), (large, 1_000_000)];
await SizesAsync("status read", (rows, number) => StatusRoute + Seed.Id(rows - 1 - (number % 400)));
var lastPage = new PagePosition(DateTimeOffset.FromUnixTimeMilliseconds(1705312800020), Seed.Id(20));
await SizesAsync("last list page", (_, _) => $"/api/v1/voice/recordings?limit=20&cursor={lastPage}");

long Next()
{
    lock (unfinished) return unfinished.MoveNext()
        ? unfinished.Current : throw new InvalidOperationException("No recording in progress is left.");
}

static byte[] Post(long number, string path = "/api/v1/voice/webhook") => Connection.PostForm(path, Waiters.Final(Seed.Id(number)));

static Side Get(Uri address, Func<int, string> path, string? header = null, int status = 200) =>
    new(address, number => Connection.Get(path(number), header), status);

Side? FromPeer(Func<int, byte[]> request) => peer is null ? null : new Side(peer.Http.BaseAddress!, request) { Name = "FastAPI", Goal = 1 };

async Task CompareAsync(string what, params Side?[] sides)
{
    var measured = sides.OfType<Side>().ToArray();
    var figures = await Load.CompareAsync(measured);
    foreach (var (side, (rate, ratio)) in measured.Zip(figures).Skip(1))
        Print($"{what}, to {side.Name}", $"{ratio:F2} ({figures[0].Rate:N0}/s to {rate:N0}/s)",
            side.Goal is { } goal ? $"≥ {goal:F2}" : "");
}

// The same job in Python, where the machine has what it needs.
static async Task<VoiceProcess?> StartPeerAsync(string connectionString)
{
    const string Python = "/usr/bin/python3"; // Debian's, which has Debian's packages.
    using var check = Process.Start(new ProcessStartInfo(Python, ["-c", "import asyncpg, fastapi, sqlalchemy, uvicorn"])
    { RedirectStandardError = true });
    await check!.WaitForExitAsync();
    if (check.ExitCode != 0)
    {
        Console.WriteLine("No FastAPI to compare with: apt-get install python3-fastapi python3-uvicorn python3-sqlalchemy python3-asyncpg");
        return null;
    }
    var server = new NpgsqlConnectionStringBuilder(connectionString);
    return await VoiceProcess.StartProgramAsync(Python,
    [
        Path.Combine(AppContext.BaseDirectory, "peer", "app.py"),
        $"postgresql+asyncpg://{server.Username}@{server.Host}:{server.Port}/{server.Database}",
    ]);
}

async Task SizesAsync(string what, Func<int, int, string> path)
{
    foreach (var (instance, rows) in sizes) await Load.WarmUpAsync(Get(instance.Http.BaseAddress!, number => path(rows, number)));
    var times = sizes.ToDictionary(size => size.Rows, _ => new List<double>());
    for (var round = 0; round < 12; round++)
        foreach (var (instance, rows) in sizes)
            times[rows].Add(await Load.LatencyAsync(Get(instance.Http.BaseAddress!, number => path(rows, number)), 400));
    var medians = times.ToDictionary(time => time.Key, time => Load.Median(time.Value));
    Print($"{what}, 1,000,000 rows to 1,000",
        $"{medians[1_000_000] / medians[1_000]:F2} ({medians[1_000]:F0}, {medians[Rows]:F0}, {medians[1_000_000]:F0} µs)", "≤ 1.20");
}

static void Print(string what, string result, string goal) => Console.WriteLine($"| {what} | {result} | {goal} |");
