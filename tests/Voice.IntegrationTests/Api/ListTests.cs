using System.Net;
using System.Text.Json;
using Dapper;
using Voice.Application.Recordings;

namespace Voice.IntegrationTests.Api;

public class ListTests
{
    private const string Path = "/api/v1/voice/recordings";

    [SkippableTheory, OnBothDatabases]
    public async Task Pages_hold_every_recording_once_newest_first_while_new_ones_arrive(Engine engine)
    {
        await using var database = await TestDatabase.CreateAsync(engine);
        await using var voice = await VoiceHost.StartAsync(database);
        var recordings = database.Recordings;
        for (var number = 0; number < 25; number++) await AddAsync(recordings, number, sameMillisecond: number / 5);

        var seen = new List<string>();
        string? cursor = null;
        do
        {
            var page = await GetAsync(voice, $"?limit=4{(cursor is null ? "" : "&cursor=" + cursor)}");
            seen.AddRange(page.GetProperty("items").EnumerateArray().Select(item => item.GetProperty("recording_id").GetString()!));
            cursor = page.GetProperty("next_cursor").GetString();
            await AddAsync(recordings, 100 + seen.Count, sameMillisecond: 100);
        }
        while (cursor is not null);

        seen.Should().HaveCount(25).And.OnlyHaveUniqueItems().And.BeInDescendingOrder(StringComparer.Ordinal);
    }

    [SkippableTheory, OnBothDatabases]
    public async Task Filters_narrow_the_list(Engine engine)
    {
        await using var database = await TestDatabase.CreateAsync(engine);
        for (var number = 0; number < 6; number++)
            await AddAsync(
                database.Recordings, number, sameMillisecond: number, other: number % 2 == 0 ? "+254700000002" : "+254700000001");
        await database.PutOffDeadlinesAsync();
        await using var voice = await VoiceHost.StartAsync(database);
        await voice.PostWebhookAsync("sessionId=conf_004&status=busy");

        (await IdsAsync(voice, "?status=failed")).Should().Equal("conf_004");
        (await IdsAsync(voice, "?party=%2B254700000002")).Should().Equal("conf_004", "conf_002", "conf_000");
        (await IdsAsync(voice, "?party=+254700000002&status=recording&limit=1")).Should().Equal("conf_002");
        (await IdsAsync(voice, "?created_after=2024-01-15T10:00:00.001Z&created_before=2024-01-15T10:00:00.004Z"))
            .Should().Equal("conf_003", "conf_002");
        (await IdsAsync(voice, "?created_after=2024-01-15T13:00:00.004%2B03:00")).Should().Equal("conf_005");
        (await IdsAsync(voice, "?created_after=2024-01-15T13:00:00.004+03:00")).Should().Equal(["conf_005"], "+ in an address is a +");
        (await IdsAsync(voice, "?created_after=2024-01-15t10:00:00.003999999z")).Should().Equal("conf_005", "conf_004");
        (await IdsAsync(voice, "?created_before=2024-01-15 10:00:00.001000100Z")).Should().Equal("conf_001", "conf_000");
        (await IdsAsync(voice, "?created_before=2024-01-15T10:00Z")).Should().BeEmpty();
        (await IdsAsync(voice, "?created_after=2024-01-15T10:00&created_before=9999-12-31T23:59:59.9999999Z")).Should().HaveCount(5);
        (await IdsAsync(voice, "?created_before=2024-01-15")).Should().BeEmpty();
        (await voice.Http.GetStringAsync($"{Path}?limit=1")).Should().Be("""
            {"items":[{"recording_id":"conf_005","status":"recording","duration":null,"recording_url":null,
            "created_at":"2024-01-15T10:00:00.005Z","processed_at":null}],"next_cursor":"MTcwNTMxMjgwMDAwNTpjb25mXzAwNQ"}
            """.ReplaceLineEndings(""));
    }

    [Theory]
    [InlineData("status=done", "status")]
    [InlineData("limit=0", "limit")]
    [InlineData("limit=101", "limit")]
    [InlineData("limit=many", "limit")]
    [InlineData("cursor=nonsense", "cursor")]
    [InlineData("cursor=%00", "cursor")]
    [InlineData("party=0712345678", "party")]
    [InlineData("created_after=yesterday", "created_after")]
    [InlineData("created_before=2024-13-01", "created_before")]
    public async Task An_invalid_filter_is_named(string query, string field)
    {
        await using var database = await TestDatabase.CreateAsync(Engine.Sqlite);
        await using var voice = await VoiceHost.StartAsync(database);

        using var response = await voice.Http.GetAsync($"{Path}?{query}");

        response.StatusCode.Should().Be(HttpStatusCode.UnprocessableEntity);
        JsonDocument.Parse(await response.Content.ReadAsStringAsync()).RootElement.GetProperty("errors").EnumerateObject()
            .Should().ContainSingle().Which.Name.Should().Be(field);
    }

    [SkippableTheory, OnBothDatabases]
    public async Task The_timeline_tells_everything_and_masks_the_parties(Engine engine)
    {
        await using var database = await TestDatabase.CreateAsync(engine);
        await using var provider = await ProviderDouble.StartAsync(_ => "ATVId_1");
        await using var voice = await VoiceHost.StartAsync(database, provider.Settings);
        var id = await voice.CreatedIdAsync();
        await voice.PostWebhookAsync("isActive=1&sessionId=ATVId_1&callSessionState=Bridged");
        await voice.PostWebhookAsync("isActive=1&sessionId=ATVId_1&callSessionState=Bridged");
        await voice.PostWebhookAsync("sessionId=ATVId_1&duration=42&recordingUrl=https%3A%2F%2Fa.at-internal.com%2F1.mp3");
        await voice.PostWebhookAsync("sessionId=ATVId_1&recordingUrl=https%3A%2F%2Fevil.example%2F1.mp3");

        var text = await voice.Http.GetStringAsync($"{Path}/{id}/timeline");

        var timeline = JsonDocument.Parse(text).RootElement;
        timeline.GetProperty("parties").ToString()
            .Should().Be("""[{"phone":"+2547…678","state":"bridged"},{"phone":"+2547…321","state":"bridged"}]""");
        timeline.GetProperty("entries").EnumerateArray().Select(entry => entry.GetProperty("kind").GetString()).Should().Equal(
            "created", "dialled", "provider_event", "provider_event", "provider_event", "status_changed", "contradiction");
        text.Should().NotContain("254712345678");
        (await voice.Http.GetAsync($"{Path}/conf_nobody/timeline")).StatusCode.Should().Be(HttpStatusCode.NotFound);
    }

    [SkippableTheory, OnBothDatabases]
    public async Task Every_list_is_read_along_an_index_without_sorting(Engine engine)
    {
        await using var database = await TestDatabase.CreateAsync(engine);
        await using var connection = await database.Source.OpenConnectionAsync();
        if (engine == Engine.Postgres)
            await connection.ExecuteAsync("SET enable_seqscan = off"); // The tables are empty, where scanning all is best.
        foreach (var (from, place, where) in new[]
        {
            ("voice_recordings r", "r", "TRUE"),
            ("voice_recordings r", "r", "r.status = 'failed'"),
            ("voice_parties p JOIN voice_recordings r ON r.recording_id = p.recording_id", "p", "p.phone = '+254700000001'"),
        })
        {
            var plan = string.Join('\n', (await connection.QueryAsync($"""
                EXPLAIN {(engine == Engine.Sqlite ? "QUERY PLAN " : "")}SELECT r.* FROM {from}
                WHERE {where} AND ({place}.created_at, {place}.recording_id) < (1, 'x')
                ORDER BY {place}.created_at DESC, {place}.recording_id DESC LIMIT 20
                """))
                .Select(row => (IDictionary<string, object>)row).Select(row => string.Join(' ', row.Values)));
            plan.Should().NotContain("Sort").And.NotContain("TEMP B-TREE")
                .And.Match(plan => plan.Contains("Index") || plan.Contains("INDEX") || plan.Contains("PRIMARY KEY"));
        }
    }

    private static Task AddAsync(
        IRecordingRepository recordings, int number, int sameMillisecond, string other = "+254787654321") => recordings.AddAsync(
            TheRecording.New($"conf_{number:D3}", TheRecording.Start.AddMilliseconds(sameMillisecond), other: other), null, default);

    private static async Task<JsonElement> GetAsync(VoiceHost voice, string query) =>
        JsonDocument.Parse(await voice.Http.GetStringAsync(Path + query)).RootElement;

    private static async Task<IEnumerable<string?>> IdsAsync(VoiceHost voice, string query) =>
        (await GetAsync(voice, query)).GetProperty("items").EnumerateArray().Select(item => item.GetProperty("recording_id").GetString());
}
