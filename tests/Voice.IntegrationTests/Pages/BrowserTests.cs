using System.Net.Http.Json;
using System.Text.Json;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;
using Voice.Infrastructure.Contracts;
using Voice.IntegrationTests.Contracts;

namespace Voice.IntegrationTests.Pages;

/// <summary>The console in a real browser.</summary>
public class BrowserTests
{
    [SkippableFact]
    public async Task From_the_empty_console_to_a_contract_that_both_parties_confirmed()
    {
        await using var database = await TestDatabase.CreateAsync(Engine.Sqlite);
        await using var speech = await SpeechDouble.StartAsync(ProcessTests.Deal);
        await using var voice = await VoiceHost.StartAsync(database, [.. speech.Settings, "--Sandbox:CallDuration=00:00:08"]);
        await using var browser = await Browser.StartAsync();
        var page = await browser.OpenAsync(voice.Address);
        await page.HasNoBarriersAsync("the empty console");

        await page.GetByRole(AriaRole.Button, new() { Name = "Call", Exact = true }).ClickAsync();
        await page.SeesAsync("In progress");
        await page.HasNoBarriersAsync("a call in progress");
        await page.SeesAsync("Recording ready");
        await page.SeesAsync("talked");
        await page.GetByLabel("Name, if you like").First.FillAsync("<img src=x onerror=alert(1)>");
        await page.HasNoBarriersAsync("a call that was recorded");

        await page.GetByRole(AriaRole.Button, new() { Name = "Make the contract" }).ClickAsync();
        await page.IsAtAsync("/contracts/");
        await page.SeesAsync("KES 640,000");
        await page.SeesAsync("<img src=x onerror=alert(1)>");
        await Assertions.Expect(page.GetByRole(AriaRole.Button, new() { Name = "Answer yes" })).ToHaveCountAsync(2);
        await page.HasNoBarriersAsync("a contract");

        await page.GetByRole(AriaRole.Link, new() { Name = "six hundred and forty thousand shillings" }).ClickAsync();
        await Assertions.Expect(page.Locator("mark.on")).ToHaveTextAsync("six hundred and forty thousand shillings");
        await page.GetByRole(AriaRole.Button, new() { Name = "Answer with a wrong code" }).First.ClickAsync();
        await page.SeesAsync("Not taken");
        await page.GetByRole(AriaRole.Button, new() { Name = "Answer yes" }).First.ClickAsync();
        await page.SeesAsync("Taken as a yes.");
        await page.GetByRole(AriaRole.Button, new() { Name = "Answer yes" }).Last.ClickAsync();
        await page.SeesAsync("Confirmed by all");
        await page.HasNoBarriersAsync("a confirmed contract");
        await page.GotoAsync($"{voice.Address}/sandbox/sms");
        await page.HasNoBarriersAsync("the phones");
        await page.GotoAsync($"{voice.Address}/nothing-here");
        await page.HasNoBarriersAsync("an error");
        browser.Complaints.Should().OnlyContain(line => line.Contains("404"), "only the page that is not there is missed");
    }

    [SkippableFact]
    public async Task The_picture_in_the_readme_can_be_taken_again()
    {
        ProcessTests.NeedsPocketSphinx();
        var picture = Environment.GetEnvironmentVariable("VOICE_PICTURE") ?? Path.Combine(AppContext.BaseDirectory, "console.png");
        await using var database = await TestDatabase.CreateAsync(Engine.Sqlite);
        await using var voice = await VoiceHost.StartAsync(database);
        await using var browser = await Browser.StartAsync();
        var contract = (await ProcessTests.ProcessAsync(
            voice, new { recording_id = await ProcessTests.CompletedAsync(voice), parties = ProcessTests.Parties }))
            .GetProperty("contract_id").GetString();
        var page = await browser.OpenAsync($"{voice.Address}/contracts/{contract}");
        await Assertions.Expect(page.GetByRole(AriaRole.Button, new() { Name = "Answer yes" })).ToHaveCountAsync(2);
        await page.HasAudioAsync();

        await page.ScreenshotAsync(new() { Path = picture });

        new FileInfo(picture).Length.Should().BeInRange(10_000, 200_000);
    }

    [SkippableFact]
    public async Task The_list_is_live_and_nothing_in_it_moves()
    {
        await using var database = await TestDatabase.CreateAsync(Engine.Sqlite);
        await using var voice = await VoiceHost.StartAsync(database, "--Sandbox:CallDuration=00:10:00");
        await using var browser = await Browser.StartAsync();
        var id = await voice.CreatedIdAsync();
        var page = await browser.OpenAsync(voice.Address);
        var row = page.Locator($"#{id} a");
        await Assertions.Expect(row).ToContainTextAsync("In progress");
        await row.FocusAsync();
        var before = await row.BoundingBoxAsync();

        await voice.CreatedIdAsync("+254712340005");
        await voice.PostWebhookAsync($"sessionId={id}&status=busy");

        await page.SeesAsync("Show 1 new call");
        await Assertions.Expect(row).ToContainTextAsync("Failed", new() { Timeout = 20_000 });
        await Assertions.Expect(row).ToBeFocusedAsync();
        (await row.BoundingBoxAsync()).Should().BeEquivalentTo(before);
        await page.HasNoBarriersAsync("the calls");
        await page.GetByRole(AriaRole.Link, new() { Name = "Show 1 new call" }).ClickAsync();
        await page.SeesAsync("The number is invalid");
    }

    [SkippableFact]
    public async Task A_page_catches_up_after_the_network_was_away_and_two_tabs_agree()
    {
        await using var database = await TestDatabase.CreateAsync(Engine.Sqlite);
        await using var voice = await VoiceHost.StartAsync(database, "--Sandbox:CallDuration=00:10:00");
        await using var browser = await Browser.StartAsync();
        var id = await voice.CreatedIdAsync();
        var (one, other) = (await browser.OpenAsync($"{voice.Address}/calls/{id}"), await browser.OpenAsync($"{voice.Address}/calls/{id}"));
        await one.SeesAsync("In progress");
        await one.Context.SetOfflineAsync(true);

        await voice.PostWebhookAsync($"sessionId={id}&status=busy");
        await other.SeesAsync("The line was busy");
        await one.SeesAsync("The connection is gone; trying again");
        await Assertions.Expect(one.GetByText("In progress").First).ToBeVisibleAsync();
        await one.Context.SetOfflineAsync(false);

        await one.SeesAsync("The line was busy");
        await Assertions.Expect(one.GetByText("The connection is gone")).ToHaveCountAsync(0);
    }

    [SkippableFact]
    public async Task Nothing_that_somebody_typed_widens_a_page_or_runs_over_what_stands_beside_it()
    {
        var word = new string('W', 80);
        await using var database = await TestDatabase.CreateAsync(Engine.Sqlite);
        await using var voice = await VoiceHost.StartAsync(database);
        await using var browser = await Browser.StartAsync();
        var call = await voice.CreatedIdAsync();
        await voice.UntilFinalAsync(call);
        await voice.PostWebhookAsync($"sessionId={call}&status=completed&{word}={word}");
        await new ContractRepository(database.Source, database.Dialect, database.Changes).AddAsync(
            TheContract.New("ctr_1", TimeProvider.System.GetUtcNow(), call, name: word, terms: new()
            {
                Product = word,
                Quantity = 200,
                Unit = "bag",
                TotalAmount = 123456789,
                Currency = "KES",
            }), default);
        using var added = await voice.Http.PostAsJsonAsync(
            "/api/v1/webhook-endpoints", new { url = $"https://{word[..60]}.example/{word}", description = word });
        var endpoint = (await added.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("id").GetString();
        await voice.CreatedIdAsync("+254712340005");
        await database.ExecuteAsync($"UPDATE webhook_endpoints SET disabled_at = 1, disabled_reason = '{word}'");
        await database.ExecuteAsync($"UPDATE event_deliveries SET answer = '{word}'");
        var page = await browser.OpenAsync(voice.Address);

        foreach (var address in new[]
        {
            "/", $"/?Party={word}", "/calls/new", $"/calls/{call}", $"/calls/{call}/reports", "/contracts", $"/contracts?Status={word}",
            "/contracts/ctr_1", "/endpoints", $"/endpoints/{endpoint}", "/sandbox/sms", "/sign-in", $"/{word}",
        })
            foreach (var language in new[] { "en", "sw" })
                foreach (var width in new[] { 1280, 390 })
                {
                    await page.SetViewportSizeAsync(width, 900);
                    await page.GotoAsync($"{voice.Address}{address}{(address.Contains('?') ? '&' : '?')}lang={language}");
                    var wide = await page.EvaluateAsync<string[]>("""
                        [document.documentElement, ...document.querySelectorAll('main, main *')].filter(part => part.clientWidth > 0
                          && part.scrollWidth > part.clientWidth + 1 && !['INPUT', 'SELECT'].includes(part.tagName))
                          .map(part => `${part.tagName} ${part.className} ${part.scrollWidth} > ${part.clientWidth}`)
                        """);
                    wide.Should().BeEmpty($"{address}, {width} wide, in {language}");
                }
    }

    [SkippableFact]
    public async Task Signing_in_and_what_a_link_shows_are_for_everyone_too()
    {
        await using var database = await TestDatabase.CreateAsync(Engine.Sqlite);
        await using var speech = await SpeechDouble.StartAsync(ProcessTests.Deal);
        await using var voice = await VoiceHost.StartAsync(database, [.. speech.Settings, "--Auth:ApiKeys:0=the-key"]);
        voice.Http.DefaultRequestHeaders.Authorization = new("Bearer", "the-key");
        var contract = (await ProcessTests.ProcessAsync(
            voice, new { recording_id = await ProcessTests.CompletedAsync(voice), parties = ProcessTests.Parties }))
            .GetProperty("contract_id").GetString();
        await using var browser = await Browser.StartAsync();
        var clerk = await browser.OpenAsync($"{voice.Address}/contracts/{contract}");
        await clerk.GetByLabel("Key").FillAsync("wrong");
        await clerk.GetByRole(AriaRole.Button, new() { Name = "Sign in" }).ClickAsync();
        await clerk.SeesAsync("This key is wrong");
        await clerk.HasNoBarriersAsync("signing in");
        await clerk.GetByLabel("Key").FillAsync("the-key");
        await clerk.GetByRole(AriaRole.Button, new() { Name = "Sign in" }).ClickAsync();
        await clerk.GetByRole(AriaRole.Button, new() { Name = "Make a link" }).ClickAsync();
        await clerk.HasNoBarriersAsync("a contract with a link");

        var party = await browser.OpenAsync(await clerk.GetByLabel("The link, good for a week").InputValueAsync());
        await party.SeesAsync("KES 640,000");
        await party.HasNoBarriersAsync("what a link shows");
        await party.HasAudioAsync();
    }

    [SkippableFact]
    public async Task Times_are_the_readers_with_utc_behind_them_and_days_are_too()
    {
        await using var database = await TestDatabase.CreateAsync(Engine.Sqlite);
        await using var voice = await VoiceHost.StartAsync(database);
        await using var browser = await Browser.StartAsync();
        var id = await voice.CreatedIdAsync("+254712340001");
        await database.ExecuteAsync("UPDATE voice_recordings SET created_at = 1705357800000"); // 2024-01-15T22:30:00Z.
        var page = await browser.OpenAsync(voice.Address);

        var time = page.Locator($"#{id} time");
        await Assertions.Expect(time).ToHaveTextAsync("16 Jan 2024, 01:30");
        await Assertions.Expect(time).ToHaveAttributeAsync("title", "2024-01-15 22:30:00 UTC");
        await page.GetByLabel("Day").FillAsync("2024-01-16");
        await page.GetByRole(AriaRole.Button, new() { Name = "Show" }).ClickAsync();
        await Assertions.Expect(page.Locator($"#{id}")).ToBeVisibleAsync();
        page.Url.Should().Contain("Zone=Africa%2FNairobi", "the address means the same to whoever gets it");
        await page.GetByLabel("Day").FillAsync("2024-01-15");
        await page.GetByRole(AriaRole.Button, new() { Name = "Show" }).ClickAsync();
        await page.SeesAsync("No call fits.");
    }

    [SkippableFact]
    public async Task A_failed_call_and_a_disputed_contract_are_for_everyone_too()
    {
        await using var database = await TestDatabase.CreateAsync(Engine.Sqlite);
        await using var speech = await SpeechDouble.StartAsync(
            "I want one hundred bags of beans. My price is five thousand shillings per bag. I can pay four thousand. "
            + "I cannot go down to four thousand.");
        await using var voice = await VoiceHost.StartAsync(database, speech.Settings);
        await using var browser = await Browser.StartAsync();
        var id = await voice.CreatedIdAsync("+254712340002");
        await voice.UntilFinalAsync(id);
        var page = await browser.OpenAsync($"{voice.Address}/calls/{id}?lang=sw");
        await page.SeesAsync("Hakuna aliyepokea");
        await page.HasNoBarriersAsync("a failed call, in Swahili");
        await page.GotoAsync($"{voice.Address}/calls/{id}/reports?lang=en");
        await page.HasNoBarriersAsync("raw reports");
        await page.GotoAsync($"{voice.Address}/calls/new");
        await page.HasNoBarriersAsync("a new call");

        var contract = (await ProcessTests.ProcessAsync(
            voice, new { recording_id = await ProcessTests.CompletedAsync(voice), parties = ProcessTests.Parties }))
            .GetProperty("contract_id").GetString();
        await page.GotoAsync($"{voice.Address}/contracts/{contract}");
        await page.SeesAsync("not settled");
        await page.HasNoBarriersAsync("a disputed contract");
    }

    [SkippableFact]
    public async Task Contracts_are_found_filtered_and_saved_for_a_spreadsheet()
    {
        await using var database = await TestDatabase.CreateAsync(Engine.Sqlite);
        await using var voice = await VoiceHost.StartAsync(database);
        await using var browser = await Browser.StartAsync();
        var page = await browser.OpenAsync($"{voice.Address}/contracts");
        await page.SeesAsync("There are no contracts yet.");
        await page.HasNoBarriersAsync("no contracts");
        var contracts = new ContractRepository(database.Source, database.Dialect, database.Changes);
        var now = TimeProvider.System.GetUtcNow();
        for (var number = 0; number < 30; number++)
            await contracts.AddAsync(
                TheContract.New(
                    $"ctr_{number:D2}", number < 28 ? now.AddDays(-30).AddHours(number) : now, name: number % 3 == 0 ? "John Kamau" : null,
                    other: number == 7 ? "+254700000001" : "+254787654321"), default);

        await page.GetByRole(AriaRole.Link, new() { Name = "Show 25 new contracts" }).ClickAsync();
        await Assertions.Expect(page.Locator(".contracts > li")).ToHaveCountAsync(25);
        await page.SeesAsync("200 bags of maize");
        await page.SeesAsync("KES 640,000");
        await page.HasNoBarriersAsync("contracts");
        var file = await page.RunAndWaitForDownloadAsync(() => page.GetByRole(AriaRole.Link, new() { Name = "Save as CSV" }).ClickAsync());
        (await File.ReadAllLinesAsync(await file.PathAsync())).Should().HaveCount(31).And.OnlyHaveUniqueItems();
        await page.GetByRole(AriaRole.Link, new() { Name = "Earlier" }).ClickAsync();
        await Assertions.Expect(page.Locator(".contracts > li")).ToHaveCountAsync(5);
        await page.GetByLabel("Status").SelectOptionAsync("Waiting for the parties");
        await page.GetByRole(AriaRole.Button, new() { Name = "Show" }).ClickAsync();
        await Assertions.Expect(page.Locator(".contracts > li")).ToHaveCountAsync(2);
        await page.GotoAsync($"{voice.Address}/contracts?Party=%2B254%20700%20000001&lang=sw");
        await Assertions.Expect(page.Locator(".contracts > li")).ToHaveCountAsync(1);
        await page.HasNoBarriersAsync("contracts of one number, in Swahili");
        await page.Locator(".contracts a").ClickAsync();
        await page.IsAtAsync("/contracts/ctr_07");
        browser.Complaints.Should().BeEmpty();
    }

    [SkippableFact]
    public async Task A_contract_that_is_ordered_with_the_call_comes_by_itself_and_its_life_stands_beside_it()
    {
        await using var database = await TestDatabase.CreateAsync(Engine.Sqlite);
        await using var speech = await SpeechDouble.StartAsync(ProcessTests.Deal);
        await using var voice = await VoiceHost.StartAsync(database, [.. speech.Settings, "--Sandbox:CallDuration=00:00:08"]);
        await using var browser = await Browser.StartAsync();
        var page = await browser.OpenAsync($"{voice.Address}/calls/new");
        await page.GetByLabel("Make a contract when it is recorded").CheckAsync();
        await page.HasNoBarriersAsync("a new call with a contract");

        await page.GetByRole(AriaRole.Button, new() { Name = "Call", Exact = true }).ClickAsync();

        await page.SeesAsync("It is made once the call is recorded");
        await page.HasNoBarriersAsync("a call with a contract to come");
        await page.SeesAsync("There is a contract of this call");
        await page.SeesAsync("Contract made.");
        await page.HasNoBarriersAsync("a call with its contract");
    }

    [SkippableFact]
    public async Task A_call_is_followed_on_after_the_service_was_started_anew()
    {
        await using var database = await TestDatabase.CreateAsync(Engine.Sqlite);
        await using var browser = await Browser.StartAsync();
        string id, address;
        IPage page;
        await using (var first = await VoiceHost.StartAsync(database, "--Sandbox:CallDuration=00:10:00"))
        {
            (id, address) = (await first.CreatedIdAsync(), first.Address);
            page = await browser.OpenAsync($"{address}/calls/{id}");
            await page.SeesAsync("In progress");
        }
        await Assertions.Expect(page.GetByText("In progress").First).ToBeVisibleAsync();

        await using var second = await VoiceHost.StartAsync(database, $"--Urls={address}");
        await second.PostWebhookAsync($"sessionId={id}&status=busy");

        await page.SeesAsync("The line was busy");
    }

    [SkippableFact]
    public async Task Of_five_hundred_calls_each_stands_on_one_page()
    {
        await using var database = await TestDatabase.CreateAsync(Engine.Sqlite);
        await using var voice = await VoiceHost.StartAsync(database);
        for (var number = 0; number < 500; number++)
            await database.Recordings.AddAsync(
                TheRecording.New($"conf_{number:D3}", TheRecording.Start.AddSeconds(number / 7)), null, default);
        await database.PutOffDeadlinesAsync();
        await using var browser = await Browser.StartAsync();
        var page = await browser.OpenAsync(voice.Address);
        await page.HasNoBarriersAsync("five hundred calls");
        var seen = new List<string>();

        while (true)
        {
            seen.AddRange(await page.EvaluateAsync<string[]>("[...document.querySelectorAll('.calls > li')].map(call => call.id)"));
            var earlier = page.GetByRole(AriaRole.Link, new() { Name = "Earlier" });
            if (await earlier.CountAsync() == 0) break;
            await earlier.ClickAsync();
            await page.WaitForFunctionAsync("last => document.querySelector('.calls > li:last-child').id !== last", seen[^1]);
        }

        seen.Should().HaveCount(500).And.OnlyHaveUniqueItems();
    }

    [SkippableFact]
    public async Task On_a_slow_network_one_click_is_one_call_and_the_page_still_follows_it()
    {
        await using var database = await TestDatabase.CreateAsync(Engine.Sqlite);
        await using var voice = await VoiceHost.StartAsync(database, "--Sandbox:CallDuration=00:10:00");
        await using var browser = await Browser.StartAsync();
        var page = await browser.OpenAsync($"{voice.Address}/calls/new");
        var network = await page.Context.NewCDPSessionAsync(page);
        await network.SendAsync("Network.emulateNetworkConditions", new()
        {
            ["offline"] = false,
            ["latency"] = 400,
            ["downloadThroughput"] = 20_000,
            ["uploadThroughput"] = 10_000,
        });

        await page.GetByRole(AriaRole.Button, new() { Name = "Call", Exact = true }).DblClickAsync();
        await page.SeesAsync("In progress");
        (await database.CountAsync("SELECT COUNT(*) FROM voice_recordings")).Should().Be(1);
        await voice.PostWebhookAsync($"sessionId={page.Url.Split('/')[^1]}&status=busy");

        await page.SeesAsync("The line was busy");
    }
}

/// <summary>An installed Chromium, with a reader in Nairobi in front of it.</summary>
internal sealed class Browser(IPlaywright playwright, IBrowser chromium) : IAsyncDisposable
{
    /// <summary>What the browser complained of.</summary>
    public List<string> Complaints { get; } = [];

    public static async Task<Browser> StartAsync()
    {
        var program = Needs.FindProgram("chromium") ?? Needs.FindProgram("chromium-browser") ?? Needs.FindProgram("google-chrome");
        Needs.Tool(program is not null, "Chromium is not installed: apt-get install chromium.");
        var playwright = await Playwright.CreateAsync();
        return new(playwright, await playwright.Chromium.LaunchAsync(new() { ExecutablePath = program, Args = ["--no-sandbox"] }));
    }

    public async Task<IPage> OpenAsync(string address)
    {
        var context = await chromium.NewContextAsync(new() { Locale = "en-GB", TimezoneId = "Africa/Nairobi" });
        var page = await context.NewPageAsync();
        page.Console += (_, message) =>
        {
            if (message.Type == "error") Complaints.Add(message.Text);
        };
        page.PageError += (_, error) => Complaints.Add(error);
        await page.GotoAsync(address);
        return page;
    }

    public async ValueTask DisposeAsync()
    {
        await chromium.DisposeAsync();
        playwright.Dispose();
    }
}

internal static class PageChecks
{
    public static Task SeesAsync(this IPage page, string text) =>
        Assertions.Expect(page.GetByText(text).First).ToBeVisibleAsync(new() { Timeout = 20_000 });

    /// <summary>The address has come to that; the browser's own wait for one hangs where the page was loaded before it looked.</summary>
    public static Task IsAtAsync(this IPage page, string place) => Eventually.HoldsAsync(() => page.Url.Contains(place));

    /// <summary>The player knows how long the audio is.</summary>
    public static Task HasAudioAsync(this IPage page) => Eventually.SeesAsync(
        () => page.EvaluateAsync<double>("document.querySelector('audio').duration || 0"), length => length > 30);

    /// <summary>axe finds nothing, in light and dark, on a desk and on a phone, and nothing is wider than the phone.</summary>
    public static async Task HasNoBarriersAsync(this IPage page, string name)
    {
        foreach (var scheme in new[] { ColorScheme.Light, ColorScheme.Dark })
            foreach (var (width, height) in new[] { (1280, 900), (390, 844) })
            {
                await page.SetViewportSizeAsync(width, height);
                await page.EmulateMediaAsync(new() { ColorScheme = scheme, ReducedMotion = ReducedMotion.Reduce });
                var found = await page.RunAxe();
                found.Violations.Select(violation => $"{violation.Id}: {string.Join("; ", violation.Nodes.Select(node => node.Html))}")
                    .Should().BeEmpty($"{name}, {scheme}, {width} wide");
                (await page.EvaluateAsync<int>("document.documentElement.scrollWidth")).Should().BeLessThanOrEqualTo(width, name);
            }
    }
}
