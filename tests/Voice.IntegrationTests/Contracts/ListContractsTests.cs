using System.Net;
using System.Text.Json;
using Dapper;
using Voice.Application;
using Voice.Application.Contracts;
using Voice.Domain.Contracts;
using Voice.Domain.Recordings;
using Voice.Infrastructure.Contracts;

namespace Voice.IntegrationTests.Contracts;

public class ListContractsTests
{
    private const string Path = "/api/v1/contracts";
    private static readonly DateTimeOffset Start = TheRecording.Start;

    [SkippableTheory, OnBothDatabases]
    public async Task Pages_hold_every_contract_once_newest_first_while_new_ones_arrive(Engine engine)
    {
        await using var database = await TestDatabase.CreateAsync(engine);
        await using var voice = await VoiceHost.StartAsync(database);
        var contracts = Contracts(database);
        for (var number = 0; number < 25; number++) await AddAsync(number, Start.AddMilliseconds(number / 5));

        var seen = new List<string>();
        var next = $"{Path}?limit=4&party=+254712345678";
        while (next is not null)
        {
            using var page = await voice.Http.GetAsync(next);
            seen.AddRange(Ids(await BodyAsync(page)));
            next = page.Headers.TryGetValues("Link", out var link) ? link.Single().Split('<', '>')[1] : null;
            await AddAsync(100 + seen.Count, Start.AddMilliseconds(100));
        }

        seen.Should().HaveCount(25).And.OnlyHaveUniqueItems().And.BeInDescendingOrder(StringComparer.Ordinal);

        Task AddAsync(int number, DateTimeOffset at) => contracts.AddAsync(TheContract.New($"ctr_{number:D3}", at), default);
    }

    [SkippableTheory, OnBothDatabases]
    public async Task Filters_narrow_the_list(Engine engine)
    {
        await using var database = await TestDatabase.CreateAsync(engine);
        var contracts = Contracts(database);
        foreach (var number in Enumerable.Range(0, 6))
        {
            var recording = TheRecording.New($"conf_{number}", Start.AddMinutes(number));
            await database.Recordings.AddAsync(recording, null, default);
            await contracts.AddAsync(
                TheContract.New(
                    $"ctr_{number}", Start.AddMinutes(number), recording.RecordingId, number % 2 == 0 ? "+254700000002" : "+254700000001"),
                default);
        }
        await database.PutOffDeadlinesAsync();
        await database.ExecuteAsync("UPDATE contracts SET status = 'rejected' WHERE contract_id = 'ctr_1'");
        await database.ExecuteAsync("UPDATE contract_parties SET decision = 'rejected' WHERE contract_id = 'ctr_1'");
        await using var voice = await VoiceHost.StartAsync(database);

        (await IdsAsync(voice, "?status=rejected")).Should().Equal("ctr_1");
        (await IdsAsync(voice, "?recording_id=conf_3")).Should().Equal("ctr_3");
        (await IdsAsync(voice, "?recording_id=conf_nobody%00")).Should().BeEmpty();
        (await IdsAsync(voice, "?party=+254700000002")).Should().Equal("ctr_4", "ctr_2", "ctr_0");
        (await IdsAsync(voice, "?party=%2B254700000002&status=expired&limit=1")).Should().Equal("ctr_4");
        (await IdsAsync(voice, "?created_after=2024-01-15T10:01:00Z&created_before=2024-01-15T10:04:00Z")).Should().Equal("ctr_3", "ctr_2");
        using var head = await voice.Http.SendAsync(new(HttpMethod.Head, Path));
        head.StatusCode.Should().Be(HttpStatusCode.OK);
    }

    [SkippableTheory, OnBothDatabases]
    public async Task What_is_over_is_expired_from_its_last_moment_on_whether_or_not_it_is_stored_so(Engine engine)
    {
        await using var database = await TestDatabase.CreateAsync(engine);
        var contracts = Contracts(database);
        foreach (var number in Enumerable.Range(0, 6))
            await contracts.AddAsync(TheContract.New($"ctr_{number}", Start.AddHours(number)), default);
        await database.ExecuteAsync("UPDATE contracts SET status = 'expired' WHERE contract_id IN ('ctr_0', 'ctr_2')");
        var last = Start.AddHours(3) + Agreement.ConfirmWithin;

        (await FindAsync(AgreementStatus.Pending, last.AddMilliseconds(-1))).Should().Equal("ctr_5", "ctr_4", "ctr_3");
        (await FindAsync(AgreementStatus.Expired, last.AddMilliseconds(-1))).Should().Equal("ctr_2", "ctr_1", "ctr_0");
        (await FindAsync(AgreementStatus.Pending, last)).Should().Equal("ctr_5", "ctr_4");
        (await FindAsync(AgreementStatus.Expired, last)).Should().Equal("ctr_3", "ctr_2", "ctr_1", "ctr_0");
        (await FindAsync(AgreementStatus.Expired, last, new(Start.AddHours(3), "ctr_3"), limit: 2)).Should().Equal("ctr_2", "ctr_1");

        async Task<IEnumerable<string>> FindAsync(AgreementStatus status, DateTimeOffset now, PagePosition? after = null, int limit = 10)
        {
            var found = await contracts.ListAsync(new(status, null, new(null, null, null, after, limit), now), default);
            found.Should().OnlyContain(contract => contract.Agreement.StatusAt(now) == status);
            return found.Select(contract => contract.Contract.ContractId);
        }
    }

    [SkippableTheory, OnBothDatabases]
    public async Task A_line_says_what_the_contract_says(Engine engine)
    {
        await using var database = await TestDatabase.CreateAsync(engine);
        await using var voice = await VoiceHost.StartAsync(database);
        await Contracts(database).AddAsync(TheContract.New("ctr_1", TimeProvider.System.GetUtcNow(), name: "John Kamau"), default);

        var line = Items(await BodyAsync(await voice.Http.GetAsync(Path))).Single();
        var contract = await BodyAsync(await voice.Http.GetAsync($"{Path}/ctr_1"));

        foreach (var member in line.EnumerateObject())
            (contract.TryGetProperty(member.Name, out var same) ? same : contract.GetProperty("terms").GetProperty(member.Name))
                .GetRawText().Should().Be(member.Value.GetRawText(), member.Name);
        line.GetProperty("status").GetString().Should().Be("pending");
    }

    [Theory]
    [InlineData("status=done", "status")]
    [InlineData("limit=101", "limit")]
    [InlineData("cursor=nonsense", "cursor")]
    [InlineData("party=0712345678", "party")]
    [InlineData("created_after=yesterday", "created_after")]
    [InlineData("colour=red", "colour")]
    public async Task An_invalid_filter_is_named(string query, string field)
    {
        await using var database = await TestDatabase.CreateAsync(Engine.Sqlite);
        await using var voice = await VoiceHost.StartAsync(database);

        using var response = await voice.Http.GetAsync($"{Path}?{query}");

        response.StatusCode.Should().Be(HttpStatusCode.UnprocessableEntity);
        (await BodyAsync(response)).GetProperty("errors").EnumerateObject().Should().ContainSingle().Which.Name.Should().Be(field);
    }

    [SkippableTheory, OnBothDatabases]
    public async Task Every_list_is_read_along_an_index_without_sorting(Engine engine)
    {
        await using var database = await TestDatabase.CreateAsync(engine);
        await using var connection = await database.Source.OpenConnectionAsync();
        if (engine == Engine.Postgres)
            await connection.ExecuteAsync("SET enable_seqscan = off"); // The tables are empty, where scanning all is best.
        var party = PhoneNumber.Parse("+254712345678");
        foreach (var status in Enum.GetValues<AgreementStatus>().Cast<AgreementStatus?>().Append(null))
            foreach (var (phone, recording) in new[] { (null, null), (party, null), ((PhoneNumber?)null, "conf_1") })
            {
                var sql = ContractRepository.ListSql(
                    new(status, recording, new(null, null, phone, new(Start, "ctr_1"), 20), Start), out var parameters);
                var plan = string.Join('\n', (await connection.QueryAsync(
                    $"EXPLAIN {(engine == Engine.Sqlite ? "QUERY PLAN " : "")}{sql}", parameters))
                    .Select(row => (IDictionary<string, object>)row).Select(row => string.Join(' ', row.Values)));

                plan.Should().NotContain("Seq Scan").And.NotMatchRegex(@"SCAN [cp]\b(?! USING)", $"{status} {phone} {recording}");
                // Of what is over, the few that nobody has stored as such yet are sorted in.
                if (status != AgreementStatus.Expired) plan.Should().NotContain("Sort").And.NotContain("TEMP B-TREE");
            }
    }

    [Fact]
    public async Task As_csv_it_is_the_same_list_and_safe_for_spreadsheets()
    {
        await using var database = await TestDatabase.CreateAsync(Engine.Sqlite);
        await using var voice = await VoiceHost.StartAsync(database);
        var contracts = Contracts(database);
        await contracts.AddAsync(
            TheContract.New("ctr_1", name: "Kamau, \"John\"\r\n=1+1", terms: new()
            {
                Product = "=HYPERLINK(\"http://evil.example\")",
                Quantity = 200.5m,
                Unit = "@bag",
                UnitPrice = 3200.00m,
                TotalAmount = 641600,
                PaymentTerms = "+rest",
                DeliveryLocation = "-Nakuru",
                DeliveryDate = new(2024, 3, 15),
            }), default);
        await contracts.AddAsync(TheContract.New("ctr_0"), default);

        using var response = await CsvAsync(voice, "?limit=1", "text/csv");
        var json = Items(await BodyAsync(await voice.Http.GetAsync(Path)))[0];

        response.Content.Headers.ContentType!.ToString().Should().Be("text/csv; charset=utf-8; header=present");
        response.Headers.GetValues("Link").Single().Should().MatchRegex("^</api/v1/contracts\\?limit=1&cursor=[^>]+>; rel=\"next\"$");
        var text = await response.Content.ReadAsStringAsync();
        text.Split("\r\n")[0].Split(',').Should().Equal(json.EnumerateObject().Select(member => member.Name));
        text[(text.IndexOf("\r\n", StringComparison.Ordinal) + 2)..].Should().StartWith(
            "ctr_1,,agricultural_supply,expired,completed,\"'=HYPERLINK(\"\"http://evil.example\"\")\",200.5,'@bag,3200,641600,,"
            + "'-Nakuru,2024-03-15,,'+rest,").And.EndWith(
            ",\"buyer +254712345678 Kamau, \"\"John\"\"\r\n=1+1; seller +254787654321\",,"
            + "2024-01-15T10:00:00.000Z,2024-01-16T10:00:00.000Z\r\n");
        using var last = await CsvAsync(voice, "?party=%2B254799999999", "text/csv");
        last.Headers.Contains("Link").Should().BeFalse();
        (await last.Content.ReadAsStringAsync()).Should().StartWith("contract_id,")
            .And.EndWith(",confirm_by\r\n", "it has a header all the same");
    }

    [Theory]
    [InlineData("text/csv", true)]
    [InlineData("text/csv; charset=utf-8", true)]
    [InlineData("text/csv;header=absent", true)]
    [InlineData("TEXT/*", true)]
    [InlineData("text/csv, */*", true)]
    [InlineData("text/csv, application/json", true)]
    [InlineData("application/json;q=0.5, text/csv;q=0.6", true)]
    [InlineData("application/json;q=0, */*", true)]
    [InlineData("text/csv;q=0.9, application/json", false)]
    [InlineData("application/*;q=0.9, text/*;q=0.1", false)]
    [InlineData("text/csv;q=0", false)]
    [InlineData("text/csv;q=0, text/*", false)]
    [InlineData("text/html, application/xhtml+xml, application/xml;q=0.9, */*;q=0.8", false)]
    [InlineData("*/*", false)]
    [InlineData("nonsense", false)]
    [InlineData("image/png", false)]
    [InlineData(null, false)]
    public async Task The_caller_says_which_form_it_likes_best(string? accept, bool isCsv)
    {
        await using var database = await TestDatabase.CreateAsync(Engine.Sqlite);
        await using var voice = await VoiceHost.StartAsync(database);

        using var response = await CsvAsync(voice, "", accept);

        response.StatusCode.Should().Be(HttpStatusCode.OK);
        response.Content.Headers.ContentType!.MediaType.Should().Be(isCsv ? "text/csv" : "application/json");
        response.Headers.Vary.Should().Contain("Accept");
    }

    private static IContractRepository Contracts(TestDatabase database) =>
        new ContractRepository(database.Source, database.Dialect, database.Changes);

    private static async Task<HttpResponseMessage> CsvAsync(VoiceHost voice, string query, string? accept)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, Path + query);
        if (accept is not null) request.Headers.TryAddWithoutValidation("Accept", accept);
        return await voice.Http.SendAsync(request);
    }

    private static async Task<JsonElement> BodyAsync(HttpResponseMessage response) =>
        JsonDocument.Parse(await response.Content.ReadAsStringAsync()).RootElement;

    private static List<JsonElement> Items(JsonElement page) => [.. page.GetProperty("items").EnumerateArray()];

    private static IEnumerable<string> Ids(JsonElement page) =>
        Items(page).Select(item => item.GetProperty("contract_id").GetString()!);

    private static async Task<IEnumerable<string>> IdsAsync(VoiceHost voice, string query) =>
        Ids(JsonDocument.Parse(await voice.Http.GetStringAsync(Path + query)).RootElement);
}
