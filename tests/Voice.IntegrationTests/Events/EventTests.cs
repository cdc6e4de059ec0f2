using System.Collections.Concurrent;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Voice.Application;
using Voice.Application.Confirmations;
using Voice.Application.Contracts;
using Voice.Application.Forgetting;
using Voice.Domain.Contracts;
using Voice.Domain.Reading;
using Voice.Domain.Recordings;

namespace Voice.IntegrationTests.Events;

/// <summary>A customer's back-end is told what happens.</summary>
public class EventTests
{
    private const string Endpoints = "/api/v1/webhook-endpoints";
    private const string Url = "recordingUrl=https%3A%2F%2Fa.at-internal.com%2F1.mp3";
    private const string Private = "--Events:AllowPrivate=true";

    [SkippableTheory, OnBothDatabases]
    public async Task A_receiver_is_told_of_a_recording_as_its_status_read_says_it(Engine engine)
    {
        await using var database = await TestDatabase.CreateAsync(engine);
        await using var voice = await VoiceHost.StartAsync(database, Private);
        await using var receiver = await Receiver.StartAsync();
        await using var deaf = await Receiver.StartAsync();
        await receiver.RegisterAsync(voice.Http, "recording.*");
        await deaf.RegisterAsync(voice.Http, "recording.processing", "contract.*");

        var id = await voice.CreatedIdAsync();
        await voice.UntilFinalAsync(id);
        var busy = await voice.CreatedIdAsync("+254712340001");
        await voice.UntilFinalAsync(busy);

        await Eventually.HoldsAsync(() => receiver.Taken.Count == 2);
        receiver.Taken.Select(taken => (taken.Type, taken.RecordingId)).Should()
            .BeEquivalentTo([("recording.completed", id), ("recording.failed", busy)]);
        foreach (var taken in receiver.Taken)
        {
            taken.Data.GetRawText().Should().Be(await voice.Http.GetStringAsync($"/api/v1/voice/recordings/{taken.RecordingId}"));
            JsonDocument.Parse(taken.Body).RootElement.EnumerateObject().Select(member => member.Name).Should()
                .Equal("type", "timestamp", "data");
        }
        receiver.Received.Should().OnlyContain(received => received.Status == 204, "every signature is good");
        deaf.Received.Should().BeEmpty("it asked for other events");
        // Noted once it was answered.
        var deliveries = await Eventually.SeesAsync(() => DeliveriesAsync(voice, receiver),
            told => told.Count == 2 && told.All(delivery => delivery.GetProperty("state").GetString() == "delivered"));
        deliveries.Select(delivery => delivery.GetProperty("event_id").GetString()).Should()
            .BeEquivalentTo(receiver.Taken.Select(taken => taken.Id));
    }

    [SkippableTheory, OnBothDatabases]
    public async Task What_is_delivered_late_says_what_was_so_and_comes_in_order(Engine engine)
    {
        await using var database = await TestDatabase.CreateAsync(engine);
        await using var voice = await VoiceHost.StartAsync(
            database, Private, "--Events:Patience=01:00:00", "--Sandbox:CallDuration=00:10:00");
        var isUp = false;
        await using var receiver = await Receiver.StartAsync((_, _, context) =>
        {
            if (!isUp) context.Response.StatusCode = 503;
            return Task.CompletedTask;
        });
        await receiver.RegisterAsync(voice.Http);
        var ids = new List<string>();
        for (var number = 0; number < 3; number++) ids.Add(await voice.CreatedIdAsync());

        foreach (var id in ids) await voice.PostWebhookAsync($"sessionId={id}&duration=342");
        await Eventually.HoldsAsync(() => receiver.Received.DistinctBy(received => received.RecordingId).Count() == 3);
        foreach (var id in ids) await voice.PostWebhookAsync($"sessionId={id}&duration=342&{Url}");
        await Eventually.HoldsAsync(() => receiver.Received.Count > 5);
        isUp = true;

        await Eventually.HoldsAsync(() => receiver.Taken.Count == 6);
        receiver.Received.Where(received => received.Status == 503).Should()
            .OnlyContain(received => received.Type == "recording.processing");
        foreach (var id in ids)
        {
            var told = receiver.Taken.Where(taken => taken.RecordingId == id).ToList();
            told.Select(taken => taken.Type).Should().Equal("recording.processing", "recording.completed");
            told[0].Data.Status().Should().Be("processing");
            told[0].Data.GetProperty("recording_url").ValueKind.Should().Be(JsonValueKind.Null);
            told[1].Data.GetRawText().Should().Be(await voice.Http.GetStringAsync($"/api/v1/voice/recordings/{id}"));
        }
        receiver.Received.GroupBy(received => received.Id).Should().OnlyContain(
            tries => tries.Select(one => one.Body).Distinct().Count() == 1, "an event says the same however often it is sent");
    }

    [SkippableTheory, OnBothDatabases]
    public async Task Recordings_that_an_endpoint_refuses_hold_up_no_others(Engine engine)
    {
        await using var database = await TestDatabase.CreateAsync(engine);
        await using var voice = await VoiceHost.StartAsync(database, Private, "--Sandbox:CallDuration=00:10:00");
        var refused = new HashSet<string>();
        await using var receiver = await Receiver.StartAsync((_, received, context) =>
        {
            if (refused.Contains(received.RecordingId!)) context.Response.StatusCode = 500;
            return Task.CompletedTask;
        });
        await receiver.RegisterAsync(voice.Http);
        var ids = new List<string>();
        for (var number = 0; number < 40; number++) ids.Add(await voice.CreatedIdAsync());
        refused.UnionWith(ids.Take(20));

        foreach (var id in ids) await voice.PostWebhookAsync($"sessionId={id}&duration=342&{Url}");

        await Eventually.HoldsAsync(() => receiver.Taken.Select(taken => taken.RecordingId).Distinct().Count() == 20, seconds: 30);
        receiver.Taken.Should().NotContain(taken => refused.Contains(taken.RecordingId!));
    }

    [SkippableTheory, OnBothDatabases]
    public async Task A_contract_is_told_of_each_time_it_comes_to_something_and_once(Engine engine)
    {
        await using var database = await TestDatabase.CreateAsync(engine);
        await using var voice = await VoiceHost.StartAsync(database, Private);
        await using var receiver = await Receiver.StartAsync();
        await receiver.RegisterAsync(voice.Http, "contract.*");
        var agreements = voice.Services.GetRequiredService<IAgreementRepository>();
        var (yes, no, late) = (await MakeAsync(voice, "a"), await MakeAsync(voice, "b"), await MakeAsync(voice, "c", daysAgo: 2));

        foreach (var (contract, decision) in new[] { (yes, Decision.Confirmed), (no, Decision.Rejected) })
            foreach (var phone in Phones)
                await ChangeAsync(agreements, contract, agreement => agreement.Decide(phone, decision, DecisionChannel.Api, Now));
        // Two that pass the same deadline at once.
        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => ChangeAsync(agreements, late, _ => { })));

        await Eventually.HoldsAsync(() => receiver.Taken.Count == 6);
        await Task.Delay(1500); // Nothing more comes.
        Told(yes).Should().Equal("contract.created", "contract.confirmed");
        Told(no).Should().Equal("contract.created", "contract.rejected");
        Told(late).Should().Equal("contract.created", "contract.expired");
        var created = receiver.Taken.First(taken => Id(taken) == yes).Data;
        created.Status().Should().Be("pending");
        created.GetProperty("signed_by").GetArrayLength().Should().Be(0);
        foreach (var contract in new[] { yes, no, late })
        {
            var last = JsonDocument.Parse(receiver.Taken.Last(taken => Id(taken) == contract).Data.GetRawText()).RootElement;
            var now = await voice.Http.GetFromJsonAsync<JsonElement>($"/api/v1/contracts/{contract}");
            Without(last, "confirmations").Should().Be(Without(now, "confirmations"));
        }

        IEnumerable<string> Told(string contract) => receiver.Taken.Where(taken => Id(taken) == contract).Select(taken => taken.Type);
        static string? Id(ReceivedEvent taken) => taken.Data.GetProperty("contract_id").GetString();
        // What became of a message may have changed since.
        static string Without(JsonElement contract, string member) => string.Join(
            '\n', contract.EnumerateObject().Where(one => one.Name != member).Select(one => $"{one.Name} {one.Value.GetRawText()}"));
    }

    [SkippableTheory, OnBothDatabases]
    public async Task An_endpoint_that_fails_for_good_is_disabled_and_a_replay_sends_what_it_missed(Engine engine)
    {
        await using var database = await TestDatabase.CreateAsync(engine);
        await using var voice = await VoiceHost.StartAsync(database, Private, "--Events:Patience=00:00:10");
        var isUp = false;
        await using var receiver = await Receiver.StartAsync((_, _, context) =>
            isUp ? Task.CompletedTask : Fail(context));
        await receiver.RegisterAsync(voice.Http);
        var first = await FailedAsync(voice);

        var endpoint = await Eventually.SeesAsync(() => GetAsync(voice, $"{Endpoints}/{receiver.EndpointId}"),
            seen => seen.GetProperty("disabled_at").ValueKind == JsonValueKind.String, seconds: 60);
        endpoint.GetProperty("disabled_reason").GetString().Should().Contain("11 tries").And.Contain("500 broken");
        await ToldAsync(voice, receiver, "was tried 11 times, and answered last with the status 500.");
        receiver.Received.Should().HaveCount(11);
        var second = await FailedAsync(voice);
        (await DeliveriesAsync(voice, receiver)).Select(delivery => delivery.GetProperty("state").GetString()).Should()
            .Equal("missed", "missed");
        receiver.Received.Should().HaveCount(11, "nothing is sent to it any more");
        var test = await PostAsync(voice, $"{Endpoints}/{receiver.EndpointId}/test");
        (test.GetProperty("delivered").GetBoolean(), test.GetProperty("status").GetInt32()).Should().Be((false, 500));

        isUp = true;
        test = await PostAsync(voice, $"{Endpoints}/{receiver.EndpointId}/test");
        test.GetProperty("delivered").GetBoolean().Should().BeTrue();
        (await PostAsync(voice, $"{Endpoints}/{receiver.EndpointId}/replay", new { after = "2000-01-01", before = "2001-01-01" }))
            .GetProperty("events").GetInt32().Should().Be(0);
        (await PostAsync(voice, $"{Endpoints}/{receiver.EndpointId}/replay", new { after = "2001-01-01" }))
            .GetProperty("events").GetInt32().Should().Be(2);

        await Eventually.HoldsAsync(() => receiver.Taken.Count == 3);
        receiver.Taken.Select(taken => (taken.Type, taken.RecordingId)).Should().BeEquivalentTo(
            [("endpoint.test", null), ("recording.failed", first), ("recording.failed", second)]);
        (await GetAsync(voice, $"{Endpoints}/{receiver.EndpointId}")).GetProperty("disabled_at").ValueKind.Should().Be(JsonValueKind.Null);
        var third = await FailedAsync(voice);
        await Eventually.HoldsAsync(() => receiver.Taken.Any(taken => taken.RecordingId == third));

        static async Task Fail(Microsoft.AspNetCore.Http.HttpContext context)
        {
            context.Response.StatusCode = 500;
            await context.Response.Body.WriteAsync("broken"u8.ToArray());
        }
    }

    [SkippableTheory, OnBothDatabases]
    public async Task Whoever_is_gone_is_disabled_at_once(Engine engine)
    {
        await using var database = await TestDatabase.CreateAsync(engine);
        await using var voice = await VoiceHost.StartAsync(database, Private);
        await using var receiver = await Receiver.StartAsync((_, _, context) =>
        {
            context.Response.StatusCode = 410;
            return Task.CompletedTask;
        });
        await receiver.RegisterAsync(voice.Http);

        await FailedAsync(voice);

        var endpoint = await Eventually.SeesAsync(() => GetAsync(voice, $"{Endpoints}/{receiver.EndpointId}"),
            seen => seen.GetProperty("disabled_at").ValueKind == JsonValueKind.String);
        endpoint.GetProperty("disabled_reason").GetString().Should().Be("It answered 410 Gone: it wants no more events.");
        receiver.Received.Should().HaveCount(1);
        await ToldAsync(voice, receiver, "was tried 1 times, and answered last with the status 410.");
    }

    // Once, without its words or its address, and so that an alert can see it.
    private static async Task ToldAsync(VoiceHost voice, Receiver receiver, string how)
    {
        await Eventually.HoldsAsync(() => voice.Log.Lines.Any(line => line.Text.Contains("is disabled")));
        var (level, text) = voice.Log.Lines.Single(line => line.Text.Contains("is disabled"));
        level.Should().Be(LogLevel.Warning);
        text.Should().StartWith($"The endpoint {receiver.EndpointId} is disabled: evt_").And.EndWith(how);
        (await voice.Http.GetStringAsync("/metrics")).Should().MatchRegex(@"(?m)^voice_endpoints_disabled_total\S* [1-9]");
    }

    [SkippableTheory, OnBothDatabases]
    public async Task An_endpoint_that_is_dead_or_slow_holds_up_nobody_else(Engine engine)
    {
        await using var database = await TestDatabase.CreateAsync(engine);
        await using var voice = await VoiceHost.StartAsync(database, Private);
        await using var slow = await Receiver.StartAsync((_, _, context) => Task.Delay(Timeout.InfiniteTimeSpan, context.RequestAborted));
        await using var well = await Receiver.StartAsync();
        await slow.RegisterAsync(voice.Http);
        await well.RegisterAsync(voice.Http);
        using var dead = await voice.Http.PostAsJsonAsync(Endpoints, new { url = "http://127.0.0.1:1/" });

        for (var number = 0; number < 40; number++) await FailedAsync(voice);

        await Eventually.HoldsAsync(() => well.Taken.Count == 40, seconds: 20); // One after the other they would take minutes.
        slow.Taken.Should().BeEmpty();
    }

    [SkippableFact]
    public async Task Two_instances_send_each_try_once_and_keep_the_order()
    {
        await using var database = await TestDatabase.CreateAsync(Engine.Postgres);
        await using var one = await VoiceHost.StartAsync(database, Private, "--Sandbox:CallDuration=00:10:00");
        await using var other = await VoiceHost.StartAsync(database, Private, "--Sandbox:CallDuration=00:10:00");
        var dice = new ConcurrentDictionary<string, int>();
        await using var receiver = await Receiver.StartAsync(async (number, received, context) =>
        {
            dice.AddOrUpdate(received.Id, 1, (_, count) => count + 1);
            await Task.Delay(number % 7);
        });
        await receiver.RegisterAsync(one.Http);

        var ids = await Task.WhenAll(Enumerable.Range(0, 60).Select(_ => one.CreatedIdAsync()));
        await Task.WhenAll(ids.Select(async (id, number) =>
        {
            var (first, second) = number % 2 == 0 ? (one, other) : (other, one);
            await first.PostWebhookAsync($"sessionId={id}&duration=342");
            await second.PostWebhookAsync($"sessionId={id}&duration=342&{Url}");
        }));

        await Eventually.HoldsAsync(() => receiver.Taken.Count(taken => taken.Type == "recording.completed") == 60);
        dice.Values.Should().OnlyContain(tries => tries == 1);
        foreach (var told in receiver.Taken.GroupBy(taken => taken.RecordingId))
            told.Select(taken => taken.Type).Should().BeSubsetOf(["recording.processing", "recording.completed"]).And.BeInDescendingOrder();
    }

    [SkippableTheory, OnBothDatabases]
    public async Task What_an_instance_could_not_send_is_sent_by_the_next(Engine engine)
    {
        await using var database = await TestDatabase.CreateAsync(engine);
        await using var receiver = await Receiver.StartAsync();
        string id;
        await using (var strict = await VoiceHost.StartAsync(database, Private, "--Events:Patience=00:10:00"))
        {
            await receiver.RegisterAsync(strict.Http);
            // Nobody delivers here: as where an instance dies right after its commit.
            await database.ExecuteAsync("UPDATE webhook_endpoints SET disabled_at = 1");
            id = await FailedAsync(strict);
            await database.ExecuteAsync("UPDATE webhook_endpoints SET disabled_at = NULL; UPDATE event_deliveries SET due_at = at");
        }

        await using var voice = await VoiceHost.StartAsync(database, Private);

        await Eventually.HoldsAsync(() => receiver.Taken.Any(taken => taken.RecordingId == id));
    }

    [SkippableTheory, OnBothDatabases]
    public async Task Endpoints_are_made_shown_without_their_secret_and_deleted(Engine engine)
    {
        await using var database = await TestDatabase.CreateAsync(engine);
        await using var voice = await VoiceHost.StartAsync(database, "--Limits:Endpoints=2");
        using var made = await voice.Http.PostAsJsonAsync(Endpoints,
            new { url = "https://shop.example/events", events = new[] { "recording.*", "contract.confirmed" }, description = "The shop" });

        made.StatusCode.Should().Be(HttpStatusCode.Created);
        var created = await made.Content.ReadFromJsonAsync<JsonElement>();
        var id = created.GetProperty("id").GetString();
        made.Headers.Location!.ToString().Should().Be($"{Endpoints}/{id}");
        Convert.FromBase64String(created.GetProperty("secret").GetString()![6..]).Should().HaveCount(32);
        (await voice.Http.GetStringAsync($"{Endpoints}/{id}")).Should().Contain("The shop").And.NotContain("secret");
        (await voice.Http.GetStringAsync(Endpoints)).Should().Contain(id).And.NotContain("whsec_");
        voice.Log.Lines.Should().NotContain(line => line.Text.Contains("whsec_"));

        foreach (var (body, field) in new (object, string)[]
        {
            (new { }, "url"), (new { url = "shop.example" }, "url"), (new { url = "http://shop.example" }, "url"),
            (new { url = "https://10.0.0.1" }, "url"),
            (new { url = "https://shop.example", events = new[] { "recording" } }, "events[0]"),
            (new { url = "https://shop.example", events = Array.Empty<string>() }, "events"),
            (new { url = "https://shop.example", description = new string('x', 201) }, "description"),
        })
        {
            using var refused = await voice.Http.PostAsJsonAsync(Endpoints, body);
            refused.StatusCode.Should().Be(HttpStatusCode.UnprocessableEntity);
            (await refused.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("errors").EnumerateObject().Select(error => error.Name)
                .Should().Equal(field);
        }
        (await voice.Http.PostAsJsonAsync(Endpoints, new { url = "https://other.example" })).StatusCode.Should().Be(HttpStatusCode.Created);
        (await voice.Http.PostAsJsonAsync(Endpoints, new { url = "https://third.example" })).StatusCode.Should()
            .Be(HttpStatusCode.TooManyRequests);

        (await voice.Http.DeleteAsync($"{Endpoints}/{id}")).StatusCode.Should().Be(HttpStatusCode.NoContent);
        foreach (var path in new[] { "", "/deliveries" })
            (await voice.Http.GetAsync($"{Endpoints}/{id}{path}")).StatusCode.Should().Be(HttpStatusCode.NotFound, path);
        foreach (var path in new[] { "/test", "/replay" })
            (await voice.Http.PostAsJsonAsync($"{Endpoints}/{id}{path}", new { })).StatusCode.Should().Be(HttpStatusCode.NotFound, path);
    }

    [SkippableTheory, OnBothDatabases]
    public async Task Deliveries_are_listed_newest_first_in_pages_and_go_with_what_they_tell_of(Engine engine)
    {
        await using var database = await TestDatabase.CreateAsync(engine);
        await using var voice = await VoiceHost.StartAsync(database, Private);
        await using var receiver = await Receiver.StartAsync();
        await receiver.RegisterAsync(voice.Http);
        var ids = new List<string>();
        for (var number = 0; number < 5; number++) ids.Add(await FailedAsync(voice));
        await Eventually.HoldsAsync(() => receiver.Taken.Count == 5);

        var listed = new List<string>();
        for (var cursor = ""; cursor is not null;)
        {
            var page = await GetAsync(voice, $"{Endpoints}/{receiver.EndpointId}/deliveries?limit=2{cursor}");
            listed.AddRange(page.GetProperty("items").EnumerateArray().Select(item => item.GetProperty("recording_id").GetString()!));
            cursor = page.GetProperty("next_cursor").GetString() is { } next ? $"&cursor={next}" : null;
        }
        listed.Should().Equal(ids.AsEnumerable().Reverse());

        (await voice.Http.DeleteAsync($"/api/v1/voice/recordings/{ids[0]}")).StatusCode.Should().Be(HttpStatusCode.NoContent);
        (await DeliveriesAsync(voice, receiver)).Should().HaveCount(4);
        await Eventually.SeesAsync(
            () => database.CountAsync("SELECT COUNT(*) FROM event_deliveries WHERE due_at IS NULL"), count => count == 4);
        await database.Forgetting.ForgetAsync(Aged.Inbox, Now.AddMinutes(1), default);
        (await DeliveriesAsync(voice, receiver)).Should().BeEmpty();
    }

    [SkippableTheory, OnBothDatabases]
    public async Task Where_nobody_wants_to_know_nothing_is_written(Engine engine)
    {
        await using var database = await TestDatabase.CreateAsync(engine);
        await using var voice = await VoiceHost.StartAsync(database, Private);

        await FailedAsync(voice);

        (await database.CountAsync("SELECT COUNT(*) FROM event_deliveries")).Should().Be(0);
    }

    private static readonly DateTimeOffset Now = TimeProvider.System.GetUtcMilliseconds();
    private static readonly PhoneNumber[] Phones = [PhoneNumber.Parse("+254712345678"), PhoneNumber.Parse("+254787654321")];

    private static async Task<string> MakeAsync(VoiceHost voice, string sha256, int daysAgo = 0)
    {
        const string said = "two hundred bags of maize at three thousand shillings per bag";
        var reading = TermsReader.Read(Transcript.Of(said), ContractType.Default, new DateOnly(2026, 11, 24), Phones[0].Value);
        var contract = Contract.Make(
            ContractIds.New(), null, sha256, ContractType.Default,
            [new(Phones[0], PartyRole.Buyer, null), new(Phones[1], PartyRole.Seller, null)], said, SpeechEngine.Openai, reading,
            Now.AddDays(-daysAgo));
        return (await voice.Services.GetRequiredService<IContractRepository>().AddAsync(contract, default)).ContractId;
    }

    private static async Task ChangeAsync(IAgreementRepository agreements, string contractId, Action<Agreement> change)
    {
        while (await agreements.FindAsync(contractId, default) is { } agreement)
        {
            change(agreement);
            if (await agreements.SaveAsync(agreement, Now, default)) return;
        }
    }

    private static async Task<string> FailedAsync(VoiceHost voice)
    {
        var id = await voice.CreatedIdAsync("+254712340005");
        await voice.UntilFinalAsync(id);
        return id;
    }

    private static async Task<IReadOnlyList<JsonElement>> DeliveriesAsync(VoiceHost voice, Receiver receiver) =>
        [.. (await GetAsync(voice, $"{Endpoints}/{receiver.EndpointId}/deliveries")).GetProperty("items").EnumerateArray()];

    private static Task<JsonElement> GetAsync(VoiceHost voice, string path) => voice.Http.GetFromJsonAsync<JsonElement>(path);

    private static async Task<JsonElement> PostAsync(VoiceHost voice, string path, object? body = null)
    {
        using var response = await voice.Http.PostAsJsonAsync(path, body ?? new { });
        return await response.EnsureSuccessStatusCode().Content.ReadFromJsonAsync<JsonElement>();
    }
}
