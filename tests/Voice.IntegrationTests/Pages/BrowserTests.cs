using Deque.AxeCore.Playwright;
using Microsoft.Playwright;
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
        await page.WaitForURLAsync("**/contracts/*");
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
        await Assertions.Expect(one.GetByText("In progress").First).ToBeVisibleAsync();
        await one.Context.SetOfflineAsync(false);

        await one.SeesAsync("The line was busy");
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
