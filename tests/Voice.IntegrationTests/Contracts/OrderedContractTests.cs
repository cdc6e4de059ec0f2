using System.Net.Http.Json;
using System.Text.Json;

namespace Voice.IntegrationTests.Contracts;

/// <summary>Contracts that are ordered when the call is started.</summary>
public class OrderedContractTests
{
    private const string Create = "/api/v1/voice/conference/create";
    private static readonly string[] Phones = ["+254712345678", "+254787654321"];

    [SkippableTheory, OnBothDatabases]
    public async Task The_contract_is_made_when_the_recording_completes_and_its_life_stands_in_the_timeline(Engine engine)
    {
        await using var database = await TestDatabase.CreateAsync(engine);
        await using var speech = await SpeechDouble.StartAsync(ProcessTests.Deal);
        await using var voice = await VoiceHost.StartAsync(database, speech.Settings);

        var id = await CreatedAsync(voice);
        var contract = (await Eventually.SeesAsync(() => ContractsOfAsync(voice, id), found => found.Count == 1))[0];

        contract.GetProperty("product").GetString().Should().Be("maize");
        contract.GetProperty("contract_type").GetString().Should().Be("goods_purchase", "the call's");
        contract.GetProperty("parties").GetRawText().Should().Contain("John Kamau");
        var name = contract.GetProperty("contract_id").GetString()!;
        await Eventually.SeesAsync(() => TimelineAsync(voice, id), lines => lines.Count(line => line.Kind == "code_sent") == 2);
        await database.ExecuteAsync("UPDATE contracts SET confirm_by = 1705312800000");
        var timeline = await Eventually.SeesAsync(
            () => TimelineAsync(voice, id), lines => lines.Any(line => line.Kind == "contract_expired"));
        timeline.Select(line => line.Kind).Where(kind => kind is not ("provider_event" or "status_changed")).Should().BeEquivalentTo(
            "created", "job_queued", "dialled", "job_started", "contract_made", "job_done", "code_sent", "code_sent", "contract_expired");
        timeline.Single(line => line.Kind == "job_done").Detail.Should().EndWith($": {name}");
        timeline.Where(line => line.Kind == "code_sent").Select(line => line.Detail)
            .Should().BeEquivalentTo($"{name} to +2547…678", $"{name} to +2547…321");
        (await voice.Http.GetStringAsync($"/api/v1/voice/recordings/{id}/timeline"))
            .Should().NotContain("254712345678").And.NotContain("Kamau")
            .And.Contain("2024-01-15T10:00:00.000Z", "that was its last moment");
    }

    [SkippableTheory, OnBothDatabases]
    public async Task Each_answer_of_a_party_stands_in_the_timeline_once(Engine engine)
    {
        await using var database = await TestDatabase.CreateAsync(engine);
        await using var speech = await SpeechDouble.StartAsync(ProcessTests.Deal);
        await using var voice = await VoiceHost.StartAsync(database, speech.Settings);
        var (one, other) = (await CreatedAsync(voice), await CreatedAsync(voice));

        foreach (var (id, word) in new[] { (one, "YES"), (other, "NO") })
        {
            var contract = (await Eventually.SeesAsync(() => ContractsOfAsync(voice, id), found => found.Count == 1))[0];
            var name = contract.GetProperty("contract_id").GetString()!;
            var typed = name.Replace("_", "");
            var messages = await Eventually.SeesAsync(
                async () => (await voice.Http.GetFromJsonAsync<JsonElement>("/sandbox/sms")).EnumerateArray()
                    .Where(message => message.GetProperty("text").GetString()!.Contains(typed)).ToList(), found => found.Count == 2);
            foreach (var message in messages)
            {
                var text = message.GetProperty("text").GetString()!;
                var code = text[(text.IndexOf(typed, StringComparison.Ordinal) + typed.Length)..].Trim()[..6];
                for (var time = 0; time < 2; time++)
                    await voice.Http.PostAsync("/api/v1/voice/sms", new FormUrlEncodedContent(
                        [new("from", message.GetProperty("to").GetString()), new("text", $"{word} {typed} {code}")]));
                if (word == "NO") break;
            }
        }

        (await TimelineAsync(voice, one)).Where(line => line.Kind == "contract_confirmed").Select(line => line.Detail.Split(' ', 2)[1])
            .Should().HaveCount(2).And.ContainSingle(line => line.EndsWith("(text_message), the last of all"))
            .And.ContainSingle(line => line.EndsWith("(text_message)"));
        (await TimelineAsync(voice, other)).Should().ContainSingle(line => line.Kind == "contract_rejected");
    }

    [SkippableTheory, OnBothDatabases]
    public async Task It_is_made_by_whichever_instance_lives_when_the_recording_completes(Engine engine)
    {
        await using var database = await TestDatabase.CreateAsync(engine);
        await using var provider = await ProviderDouble.StartAsync(_ => "ATVId_1");
        string id;
        await using (var first = await VoiceHost.StartAsync(database, provider.Settings)) id = await CreatedAsync(first);
        (await database.TextAsync("SELECT status FROM processing_jobs")).Should().Be("waiting");
        await using var speech = await SpeechDouble.StartAsync(ProcessTests.Deal);
        await using var second = await VoiceHost.StartAsync(database, [.. speech.Settings]);

        var address = Uri.EscapeDataString(await SandboxAudioAsync(second));
        await second.PostWebhookAsync($"sessionId=ATVId_1&recordingUrl={address}&duration=38");

        await Eventually.SeesAsync(() => ContractsOfAsync(second, id), found => found.Count == 1);
        (await database.CountAsync("SELECT COUNT(*) FROM processing_jobs")).Should().Be(1);
    }

    [SkippableTheory, OnBothDatabases]
    public async Task A_recording_that_fails_ends_it_and_nothing_personal_outlives_its_erasure(Engine engine)
    {
        await using var database = await TestDatabase.CreateAsync(engine);
        await using var voice = await VoiceHost.StartAsync(database);

        var id = await CreatedAsync(voice, first: "+254712340002");
        await Eventually.SeesAsync(
            () => TimelineAsync(voice, id), lines => lines.Any(line =>
                line.Kind == "job_failed" && line.Detail.EndsWith("This recording is failed: only a completed one can be processed.")));

        (await database.TextAsync("SELECT status FROM processing_jobs")).Should().Be("failed");
        (await voice.Http.DeleteAsync($"/api/v1/voice/recordings/{id}")).EnsureSuccessStatusCode();
        (await database.CountAsync("SELECT COUNT(*) FROM processing_jobs")).Should().Be(0);
        (await database.CountAsync("SELECT COUNT(*) FROM voice_timeline")).Should().Be(0);
    }

    [Fact]
    public async Task What_is_wrong_with_the_order_is_named_by_its_place_and_nobody_is_called()
    {
        await using var database = await TestDatabase.CreateAsync(Engine.Sqlite);
        await using var voice = await VoiceHost.StartAsync(database);

        await Refuses(Order(("x", "buyer"), (Phones[1], "seller")), "process.parties[0].phone");
        await Refuses(Order((Phones[0], "friend"), (Phones[1], "seller")), "process.parties[0].role");
        await Refuses(Order((Phones[0], "buyer"), ("+254700000000", "seller")), "process.parties[1].phone", "process.parties");
        await Refuses(Order((Phones[0], "buyer")), "process.parties");
        await Refuses(new { }, "process.parties");
        await Refuses(new { parties = Order((Phones[0], "buyer"), (Phones[1], "seller")), contract_type = "gift" }, "process.parties");
        await Refuses(Order((Phones[0], "buyer"), (Phones[1], "seller"), ("+254700000000", "witness")), "process.parties[2].phone");
        (await database.CountAsync("SELECT COUNT(*) FROM voice_recordings")).Should().Be(0);

        async Task Refuses(object process, params string[] fields)
        {
            using var response = await voice.Http.PostAsJsonAsync(Create, new { parties = Phones, process });
            ((int)response.StatusCode).Should().Be(422);
            (await response.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("errors").EnumerateObject()
                .Select(error => error.Name).Should().BeEquivalentTo(fields);
        }
    }

    [Fact]
    public async Task The_order_is_a_part_of_what_is_repeated_and_counts_among_the_jobs_of_its_caller()
    {
        await using var database = await TestDatabase.CreateAsync(Engine.Sqlite);
        await using var voice = await VoiceHost.StartAsync(database, "--Limits:JobsPerCaller=1", "--Sandbox:CallDuration=00:10:00");

        (await PostAsync(voice, "k", "John")).Should().Be((200, false));
        (await PostAsync(voice, "k", "John")).Should().Be((200, true), "a repeat is no other job");
        (await PostAsync(voice, "k", "Jane")).Should().Be((422, false));
        (await PostAsync(voice, "other", "Jane")).Should().Be((429, false));
        (await database.CountAsync("SELECT COUNT(*) FROM voice_recordings")).Should().Be(1, "nobody is called for what is refused");
    }

    [Fact]
    public async Task It_takes_a_key_that_may_make_contracts()
    {
        await using var database = await TestDatabase.CreateAsync(Engine.Sqlite);
        var (secret, key) = Application.Access.ApiKey.New("shop", [Application.Access.Scope.Create], TheRecording.Start);
        await new Infrastructure.Access.ApiKeyRepository(database.Source).AddAsync(key, default);
        await using var voice = await VoiceHost.StartAsync(database);
        voice.Http.DefaultRequestHeaders.Authorization = new("Bearer", secret);

        (await PostAsync(voice, "k", "John")).Should().Be((403, false));
        (await voice.CreateAsync()).EnsureSuccessStatusCode();
    }

    private static async Task<(int Status, bool IsReplay)> PostAsync(VoiceHost voice, string key, string name)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, Create)
        {
            Content = JsonContent.Create(new { parties = Phones, process = Order((Phones[0], "buyer"), (Phones[1], "seller"), name) }),
            Headers = { { "Idempotency-Key", key } },
        };
        using var response = await voice.Http.SendAsync(request);
        return ((int)response.StatusCode, response.Headers.Contains("Idempotent-Replayed"));
    }

    private static object Order((string Phone, string Role) one, (string Phone, string Role) other, string name) =>
        new { parties = new object[] { new { phone = one.Phone, role = one.Role, name }, new { phone = other.Phone, role = other.Role } } };

    private static object Order(params (string Phone, string Role)[] parties) =>
        new { parties = parties.Select(party => new { phone = party.Phone, role = party.Role }) };

    private static async Task<string> CreatedAsync(VoiceHost voice, string first = "+254712345678")
    {
        using var response = await voice.Http.PostAsJsonAsync(Create, new
        {
            parties = new[] { first, Phones[1] },
            contract_type = "goods_purchase",
            process = Order((first, "buyer"), (Phones[1], "seller"), "John Kamau"),
        });
        return response.Headers.Location!.ToString().Split('/')[^1];
    }

    private static async Task<List<JsonElement>> ContractsOfAsync(VoiceHost voice, string id) =>
        [.. (await voice.Http.GetFromJsonAsync<JsonElement>($"/api/v1/contracts?recording_id={id}")).GetProperty("items").EnumerateArray()];

    private static async Task<List<(string Kind, string Detail)>> TimelineAsync(VoiceHost voice, string id) =>
        [.. (await voice.Http.GetFromJsonAsync<JsonElement>($"/api/v1/voice/recordings/{id}/timeline?limit=500")).GetProperty("entries")
            .EnumerateArray().Select(line => (line.GetProperty("kind").GetString()!, line.GetProperty("detail").GetString()!))];

    private static async Task<string> SandboxAudioAsync(VoiceHost voice)
    {
        var call = await ProcessTests.CompletedAsync(voice);
        return (await voice.StatusAsync(call)).GetProperty("recording_url").GetString()!;
    }
}
