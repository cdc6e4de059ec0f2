using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Http;
using Microsoft.Playwright;

namespace Voice.IntegrationTests.Pages;

/// <summary>The pages of those who are told of events.</summary>
public partial class EndpointPageTests
{
    private static readonly string[] Settings = ["--Events:AllowPrivate=true", "--Events:Patience=01:00:00"];

    internal static async Task<string> EndpointAsync(VoiceHost voice)
    {
        using var response = await voice.Http.PostAsJsonAsync("/api/v1/webhook-endpoints", new { url = "https://shop.example/events" });
        return (await response.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("id").GetString()!;
    }

    [SkippableTheory, OnBothDatabases]
    public async Task An_endpoint_is_added_tested_watched_and_deleted_without_scripts(Engine engine)
    {
        await using var database = await TestDatabase.CreateAsync(engine);
        await using var voice = await VoiceHost.StartAsync(database, Settings);
        var isUp = false;
        await using var receiver = await Receiver.StartAsync((_, _, context) =>
        {
            if (isUp) return Task.CompletedTask;
            context.Response.StatusCode = 503;
            return context.Response.WriteAsync("<b>closed</b> for lunch");
        });
        using var visitor = new Visitor(voice);
        var empty = await visitor.OpenAsync("/endpoints");
        empty.Text.Should().Contain("No system is told yet.");

        var wrong = await visitor.SendAsync(empty, "/endpoints", 0, ("Url", "ftp://shop.example"));
        wrong.Response.StatusCode.Should().Be(HttpStatusCode.UnprocessableEntity);
        wrong.Text.Should().Contain("Events are sent over https only.");
        var added = await visitor.SendAsync(wrong, "/endpoints", 0, ("Url", receiver.Address), ("Name", "The shop"));
        added.Html.Should().MatchRegex("value=\"whsec_[A-Za-z0-9+/=&#x;B]+\"");
        added.Text.Should().Contain("The shop").And.Contain("Is told");
        var list = await visitor.OpenAsync("/endpoints");
        list.Html.Should().NotContain("whsec_");

        var address = Link().Matches(list.Html).Single().Groups["address"].Value;
        added.Address.Should().Be(address, "a page that is loaded again adds nothing");
        var page = await visitor.OpenAsync(address);
        page.Html.Should().NotContain("whsec_", "it is shown once");
        page.Text.Should().Contain("Nothing so far.").And.Contain("recording.*, contract.*");
        page = await visitor.SendAsync(page, $"{address}/test", 0);
        page.Address.Should().Be(address, "a page that is loaded again tests nothing");
        page.Text.Should().Contain("It did not take the test. 503 <b>closed</b> for lunch");
        (await visitor.OpenAsync(address)).Text.Should().NotContain("It did not take the test.");
        await voice.CreatedIdAsync("+254712340005");
        page = await Eventually.SeesAsync(() => visitor.OpenAsync(address), seen => seen.Text.Contains("Tried in vain"));
        page.Text.Should().MatchRegex("recording.failed 503 Tried in vain <b>closed</b> for lunch Try [0-9]+; next: ");

        isUp = true;
        (await visitor.SendAsync(page, $"{address}/test", 0)).Text.Should().Contain("It took the test.");
        foreach (var day in new[] { "", "soon" })
            (await visitor.SendAsync(page, $"{address}/replay", 0, ("Since", day))).Response.StatusCode
                .Should().Be(HttpStatusCode.UnprocessableEntity, "nobody means everything by nothing");
        page = await visitor.SendAsync(page, $"{address}/replay", 0, ("Since", "2024-01-15"));
        page.Text.Should().Contain("Sent again: 1");
        await Eventually.SeesAsync(() => visitor.OpenAsync(address), seen => seen.Text.Contains("recording.failed 204 Taken"));
        await database.ExecuteAsync("UPDATE webhook_endpoints SET disabled_at = 1, disabled_reason = 'It was closed.'");
        (await visitor.OpenAsync(address)).Text.Should().Contain("Not told any more").And.Contain("It was closed.");
        (await visitor.SendAsync(page, $"{address}/delete", 0)).Address.Should().Be("/endpoints");
        (await visitor.OpenAsync(address)).Response.StatusCode.Should().Be(HttpStatusCode.NotFound);
    }

    [SkippableFact]
    public async Task The_pages_of_events_are_for_everyone_too()
    {
        var pictures = Environment.GetEnvironmentVariable("VOICE_PICTURES") ?? AppContext.BaseDirectory;
        await using var database = await TestDatabase.CreateAsync(Engine.Sqlite);
        await using var voice = await VoiceHost.StartAsync(database, Settings[0], "--Events:Patience=30.00:00");
        await using var receiver = await Receiver.StartAsync((number, _, context) =>
        {
            context.Response.StatusCode = number is 2 or 3 ? 503 : 204;
            return number is 2 or 3 ? context.Response.WriteAsync("Down for maintenance until noon") : Task.CompletedTask;
        });
        await using var browser = await Browser.StartAsync();
        var page = await browser.OpenAsync($"{voice.Address}/endpoints");
        await page.HasNoBarriersAsync("no endpoints");
        await page.GetByLabel("Address").FillAsync(receiver.Address);
        await page.GetByLabel("Name, if you like").FillAsync("The shop");
        await page.GetByRole(AriaRole.Button, new() { Name = "Tell a system" }).ClickAsync();
        await page.SeesAsync("The secret, shown this once");
        await page.HasNoBarriersAsync("a new endpoint");
        await page.SetViewportSizeAsync(1280, 900);
        await page.EmulateMediaAsync(new() { ColorScheme = ColorScheme.Light });
        await page.ScreenshotAsync(new() { Path = Path.Combine(pictures, "endpoints.png"), FullPage = true });

        await page.GetByRole(AriaRole.Link, new() { Name = "Events", Exact = true }).ClickAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "The shop" }).ClickAsync();
        await page.SeesAsync("Nothing so far.");
        for (var number = 0; number < 4; number++) await voice.CreatedIdAsync("+254712340005");
        await page.SeesAsync("Tried in vain");
        await page.SeesAsync("Taken");
        await page.HasNoBarriersAsync("deliveries");
        await page.SetViewportSizeAsync(1280, 900);
        await page.EmulateMediaAsync(new() { ColorScheme = ColorScheme.Light });
        await page.ScreenshotAsync(new() { Path = Path.Combine(pictures, "endpoint.png"), FullPage = true });
        await page.GetByRole(AriaRole.Button, new() { Name = "Send a test" }).ClickAsync();
        await page.SeesAsync("It took the test.");
        await page.HasNoBarriersAsync("a test");
        await page.GetByText("Send again").ClickAsync();
        await page.SeesAsync("Everything since that day is sent once more");
        await page.GetByText("Delete").First.ClickAsync();
        await page.SeesAsync("This cannot be undone.");
        await page.HasNoBarriersAsync("what is asked before");

        await database.ExecuteAsync("UPDATE webhook_endpoints SET disabled_at = created_at, disabled_reason = 'It answered 410 Gone.'");
        await page.GotoAsync($"{voice.Address}/endpoints?lang=sw");
        await page.SeesAsync("Hauarifiwi tena");
        await page.HasNoBarriersAsync("an endpoint that is disabled, in Swahili");
        await page.GetByRole(AriaRole.Link, new() { Name = "The shop" }).ClickAsync();
        await page.SeesAsync("It answered 410 Gone.");
        await page.HasNoBarriersAsync("why it is disabled, in Swahili");
        await page.ScreenshotAsync(new() { Path = Path.Combine(pictures, "disabled.png"), FullPage = true });
        browser.Complaints.Should().BeEmpty();
    }

    [GeneratedRegex("href=\"(?<address>/endpoints/whe_[0-9a-f]+)\"")]
    private static partial Regex Link();
}
