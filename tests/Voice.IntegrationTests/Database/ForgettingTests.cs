using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Dapper;
using Microsoft.Extensions.Logging.Abstractions;
using Voice.Application.Access;
using Voice.Application.Contracts;
using Voice.Application.Jobs;
using Voice.Domain.Contracts;
using Voice.Domain.Reading;
using Voice.Domain.Recordings;
using Voice.Infrastructure.Access;
using Voice.Infrastructure.Contracts;
using Voice.Infrastructure.Jobs;

namespace Voice.IntegrationTests.Database;

public class ForgettingTests
{
    private const string Buyer = "254711000111";
    private const string Seller = "254711000222";
    private const string Name = "Wanjiru Achieng";
    private static readonly DateTimeOffset Now = TimeProvider.System.GetUtcNow();

    [SkippableTheory, OnBothDatabases]
    public async Task An_erased_recording_leaves_nobody_s_data_anywhere_but_its_tombstones(Engine engine)
    {
        await using var database = await TestDatabase.CreateAsync(engine);
        await using var voice = await VoiceHost.StartAsync(database);
        var id = await FinalAsync(voice, key: "the-key");
        await voice.PostWebhookAsync($"sessionId={id}&status=busy&phoneNumber=%2B{Buyer}");
        await voice.PostWebhookAsync($"sessionId=ATVId_other&isActive=0&clientRequestId={id}&callerNumber=%2B{Seller}");
        var contract = await ContractAsync(database, id, "rejected");
        await JobAsync(database, id);
        var canonical = await database.TextAsync($"SELECT canonical FROM contracts WHERE contract_id = '{contract}'");
        (await PlacesOfAsync(database, Buyer)).Should().Contain(
            ["voice_recordings", "voice_parties", "webhook_inbox", "contracts", "contract_parties", "sms_outbox", "processing_jobs"]);

        (await EraseAsync(voice, id)).Should().Be((204, ""));

        foreach (var personal in new[] { Buyer, Seller, Name, "the maize" })
            (await PlacesOfAsync(database, personal)).Should().BeEmpty(personal);
        (await PlacesOfAsync(database, id)).Should().BeEquivalentTo(["tombstones", "idempotency_keys"]);
        (await PlacesOfAsync(database, contract)).Should().Equal("tombstones");
        (await database.CountAsync("SELECT COUNT(*) FROM tombstones WHERE hash IS NOT NULL AND erased_at > created_at")).Should().Be(2);
        (await database.TextAsync($"SELECT hash FROM tombstones WHERE id = '{contract}'")).Should()
            .Be(Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(canonical))));
        foreach (var read in new[] { "", "/timeline", "/events", "?wait=1" })
            (await voice.Http.GetAsync($"/api/v1/voice/recordings/{id}{read}")).StatusCode.Should().Be(HttpStatusCode.NotFound, read);
        (await voice.Http.GetAsync($"/api/v1/contracts/{contract}")).StatusCode.Should().Be(HttpStatusCode.NotFound);
        (await voice.Http.GetStringAsync("/api/v1/voice/recordings")).Should().NotContain(id);
        (await EraseAsync(voice, id)).Should().Be((404, "Recording not found"));
        (await voice.CreateAsync("+" + Buyer, "+" + Seller, key: "the-key")).StatusCode.Should()
            .Be(HttpStatusCode.UnprocessableEntity, "a request that was made before calls nobody again");
    }

    [SkippableTheory, OnBothDatabases]
    public async Task Whatever_still_comes_in_about_it_is_acknowledged_and_thrown_away(Engine engine)
    {
        await using var database = await TestDatabase.CreateAsync(engine);
        await using var voice = await VoiceHost.StartAsync(database);
        var id = await FinalAsync(voice);
        var session = await database.TextAsync($"SELECT session_id FROM voice_calls WHERE recording_id = '{id}'");
        await EraseAsync(voice, id);

        foreach (var late in new[]
        {
            $"sessionId={session}&isActive=0&callSessionState=Completed&durationInSeconds=7&callerNumber=%2B{Buyer}",
            $"sessionId={session}&isActive=1&callSessionState=Answered&callerNumber=%2B{Buyer}",
            $"sessionId={id}&status=completed&duration=7&recordingUrl=https%3A%2F%2Fa.at-internal.com%2F1.mp3&phoneNumber=%2B{Buyer}",
            $"sessionId=ATVId_new&isActive=0&clientRequestId={id}&callerNumber=%2B{Buyer}",
        })
            (await voice.PostWebhookAsync(late)).StatusCode.Should().Be(HttpStatusCode.OK, late);

        (await PlacesOfAsync(database, Buyer)).Should().BeEmpty();
        (await voice.Http.GetAsync($"/api/v1/voice/recordings/{id}")).StatusCode.Should().Be(HttpStatusCode.NotFound);
        // One that was being written while its recording was erased.
        await database.ExecuteAsync($"""
            INSERT INTO webhook_inbox (digest, session_id, received_at, content_type, body, due_at)
            VALUES ('late', '{session}', 1, 'text/plain', {(engine == Engine.Sqlite ? "X'61'" : "'a'::bytea")}, 1)
            """);
        await Eventually.SeesAsync(() => database.CountAsync("SELECT COUNT(*) FROM webhook_inbox"), count => count == 0);
    }

    [SkippableTheory, OnBothDatabases]
    public async Task While_the_call_runs_or_a_contract_holds_it_nothing_is_erased(Engine engine)
    {
        await using var database = await TestDatabase.CreateAsync(engine);
        await using var voice = await VoiceHost.StartAsync(database, "--Sandbox:CallDuration=00:00:02");
        var running = await voice.CreatedIdAsync("+" + Buyer, "+" + Seller);
        (await EraseAsync(voice, running)).Should().Be((409, "The call is still running. Erase the recording once it is over."));
        await voice.UntilFinalAsync(running);
        var contract = await ContractAsync(database, running, "pending");

        foreach (var holds in new[] { "pending", "confirmed" })
        {
            await database.ExecuteAsync($"UPDATE contracts SET status = '{holds}'");
            (await EraseAsync(voice, running)).Should().Be(
                (409, "A contract holds this recording. It can be erased once the contract is rejected or expired."));
        }
        (await PlacesOfAsync(database, contract)).Should().NotContain("tombstones");

        await database.ExecuteAsync("UPDATE contracts SET status = 'pending', confirm_by = 1");
        (await EraseAsync(voice, running)).Item1.Should().Be(204, "its time is over, though nobody may have stored so yet");
        (await EraseAsync(voice, "conf_nobody")).Should().Be((404, "Recording not found"));
    }

    [SkippableFact]
    public async Task Every_instance_forgets_what_it_held_and_whoever_waits_hears_of_it()
    {
        await using var database = await TestDatabase.CreateAsync(Engine.Postgres);
        await using var one = await VoiceHost.StartAsync(database);
        await using var other = await VoiceHost.StartAsync(database);
        var id = await FinalAsync(one);
        await other.UntilFinalAsync(id);

        (await EraseAsync(one, id)).Item1.Should().Be(204);

        await Eventually.SeesAsync(
            () => other.Http.GetAsync($"/api/v1/voice/recordings/{id}"), answer => answer.StatusCode == HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Erasing_needs_a_key_with_the_scope_admin()
    {
        await using var database = await TestDatabase.CreateAsync(Engine.Sqlite);
        await using var voice = await VoiceHost.StartAsync(database, "--Auth:ApiKeys:0=every-scope");
        voice.Http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", "every-scope");
        var id = await FinalAsync(voice);
        foreach (var (scope, status) in new[] { (Scope.Process, 403), (Scope.Read, 403), (Scope.Create, 403), (Scope.Admin, 204) })
        {
            var (secret, key) = ApiKey.New($"{scope}", [scope], Now);
            await new ApiKeyRepository(database.Source).AddAsync(key, default);
            voice.Http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", secret);
            (await EraseAsync(voice, id)).Item1.Should().Be(status, $"{scope}");
        }
    }

    [SkippableTheory, OnBothDatabases]
    public async Task What_is_older_than_it_is_kept_goes_by_itself_and_a_dry_run_only_tells(Engine engine)
    {
        await using var database = await TestDatabase.CreateAsync(engine);
        var settings = new[]
        {
            "--Retention:Audio=10.00:00", "--Retention:Inbox=10.00:00", "--Retention:Recordings=10.00:00",
            "--Retention:IdempotencyKeys=10.00:00",
        };
        string old, held, young;
        await using (var voice = await VoiceHost.StartAsync(database))
        {
            (old, held, young) = (await FinalAsync(voice, key: "k"), await FinalAsync(voice), await FinalAsync(voice));
            await ContractAsync(database, held, "confirmed");
            await JobAsync(database, held);
            await ContractAsync(database, recordingId: null, "expired");
        }
        const string aged = "created_at = created_at - 950400000"; // Eleven days.
        await database.ExecuteAsync($"UPDATE processing_jobs SET {aged}, due_at = NULL");
        await database.ExecuteAsync($"UPDATE contracts SET {aged}");
        await database.ExecuteAsync($"UPDATE idempotency_keys SET {aged}");
        await database.ExecuteAsync($"UPDATE voice_recordings SET {aged} WHERE recording_id <> '{young}'");
        await database.ExecuteAsync($"""
            UPDATE webhook_inbox SET received_at = received_at - 950400000
            WHERE session_id IN (SELECT session_id FROM voice_calls WHERE recording_id <> '{young}')
            """);
        var rows = await database.CountAsync("SELECT COUNT(*) FROM webhook_inbox");
        var raw = await database.CountAsync(
            $"SELECT COUNT(*) FROM webhook_inbox WHERE received_at < {Now.AddDays(-10).ToUnixTimeMilliseconds()}");
        raw.Should().BeInRange(2, rows - 1);

        var (code, output, error) = await VoiceCommand.RunAsync(database, ["retention", "--dry-run", .. settings]);

        (code, error).Should().Be((0, ""));
        output.Should().MatchRegex(@"audio files +10:0:00:00 +0").And.MatchRegex($@"raw callbacks and ended jobs +10:0:00:00 +{raw + 1}")
            .And.MatchRegex(@"idempotency keys +10:0:00:00 +1").And.MatchRegex(@"contracts without a recording +10:0:00:00 +1")
            .And.MatchRegex(@"recordings +10:0:00:00 +1$");
        (await database.CountAsync("SELECT COUNT(*) FROM webhook_inbox")).Should().Be(rows);
        (await PlacesOfAsync(database, old)).Should().NotContain("tombstones");

        await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => VoiceCommand.RunAsync(database, ["retention", .. settings])));
        await using var instance = await VoiceHost.StartAsync(database, settings);

        await Eventually.SeesAsync(() => PlacesOfAsync(database, old), places => places.SequenceEqual(["tombstones"]));
        (await database.CountAsync("SELECT COUNT(*) FROM webhook_inbox")).Should().Be(rows - raw);
        (await database.CountAsync("SELECT COUNT(*) FROM processing_jobs")).Should().Be(0);
        (await database.CountAsync("SELECT COUNT(*) FROM idempotency_keys")).Should().Be(0);
        (await database.CountAsync("SELECT COUNT(*) FROM contracts")).Should().Be(1);
        (await database.CountAsync("SELECT COUNT(*) FROM voice_recordings")).Should().Be(2, "one is young, one is held");
        foreach (var id in new[] { held, young }) (await instance.StatusAsync(id)).Status().Should().Be("completed");
    }

    [Fact]
    public async Task Audio_that_lies_about_for_too_long_is_deleted()
    {
        await using var database = await TestDatabase.CreateAsync(Engine.Sqlite);
        await using var voice = await VoiceHost.StartAsync(database, "--Retention:Audio=10.00:00");
        var (old, young) = (Path.Combine(voice.AudioFolder, "old"), Path.Combine(voice.AudioFolder, "young"));
        foreach (var folder in new[] { old, young }) Directory.CreateDirectory(folder);
        Directory.SetLastWriteTimeUtc(old, Now.UtcDateTime.AddDays(-11));

        var again = await VoiceHost.StartAsync(database, "--Retention:Audio=10.00:00", $"--Audio:Folder={voice.AudioFolder}");
        await using (again) await Eventually.HoldsAsync(() => !Directory.Exists(old));

        Directory.Exists(young).Should().BeTrue();
    }

    private static async Task<string> FinalAsync(VoiceHost voice, string? key = null)
    {
        using var response = await voice.CreateAsync("+" + Buyer, "+" + Seller, key: key);
        var id = response.Headers.Location!.ToString().Split('/')[^1];
        await voice.UntilFinalAsync(id);
        return id;
    }

    private static async Task<(int, string)> EraseAsync(VoiceHost voice, string id)
    {
        using var answer = await voice.Http.DeleteAsync($"/api/v1/voice/recordings/{id}");
        var body = await answer.Content.ReadAsStringAsync();
        return ((int)answer.StatusCode, body.Length == 0 ? ""
            : JsonDocument.Parse(body).RootElement.GetProperty("detail").GetString()!);
    }

    private static Contract Contract(string? recordingId) => Domain.Contracts.Contract.Make(
        ContractIds.New(), recordingId, "aa", ContractType.Default,
        [new(PhoneNumber.Parse("+" + Buyer), PartyRole.Buyer, Name), new(PhoneNumber.Parse("+" + Seller), PartyRole.Seller, null)],
        "i buy the maize, twenty bags of it", SpeechEngine.Openai, TermsReader.Read(
            Transcript.Of("i buy the maize, twenty bags of it"), ContractType.Default, new DateOnly(2026, 11, 22)), Now);

    private static async Task<string> ContractAsync(TestDatabase database, string? recordingId, string status)
    {
        var contract = await new ContractRepository(database.Source, database.Dialect, database.Changes)
            .AddAsync(Contract(recordingId), default);
        await database.ExecuteAsync($"UPDATE contracts SET status = '{status}' WHERE contract_id = '{contract.ContractId}'");
        await database.ExecuteAsync($"""
            INSERT INTO sms_outbox (message_id, contract_id, phone, state, tries, created_at)
            VALUES ('how/+{Buyer}/{contract.ContractId}', '{contract.ContractId}', '+{Buyer}', 'accepted', 1, 1)
            """);
        return contract.ContractId;
    }

    private static async Task JobAsync(TestDatabase database, string recordingId)
    {
        var order = new ContractOrder
        {
            RecordingId = recordingId,
            Parties = [new("+" + Buyer, "buyer", Name), new("+" + Seller, "seller", null)],
            ContractType = ContractType.Default,
        };
        var job = Job.New(order, "caller", Now) with { DueAt = Now.AddDays(1) };
        await new JobRepository(database.Source, database.Dialect, database.Changes, NullLogger<JobRepository>.Instance)
            .AddAsync(job, new(), default);
    }

    /// <summary>Every table in which that text stands, in whatever column and form.</summary>
    private static async Task<List<string>> PlacesOfAsync(TestDatabase database, string text)
    {
        var tables = database.Dialect == Infrastructure.Database.Dialect.Sqlite
            ? "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
            : "SELECT table_name FROM information_schema.tables WHERE table_schema = 'public'";
        await using var connection = await database.Source.OpenConnectionAsync();
        var places = new List<string>();
        foreach (var table in await connection.QueryAsync<string>(tables))
            if ((await connection.QueryAsync($"SELECT * FROM {table}")).Cast<IDictionary<string, object>>()
                .Any(row => row.Values.Any(value => (value is byte[] bytes ? Encoding.UTF8.GetString(bytes) : $"{value}").Contains(text))))
                places.Add(table);
        return places;
    }
}
