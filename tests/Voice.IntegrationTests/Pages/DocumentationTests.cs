using Microsoft.Playwright;

namespace Voice.IntegrationTests.Pages;

/// <summary>The API's documentation in a real browser.</summary>
public class DocumentationTests
{
    [SkippableFact]
    public async Task The_documentation_tries_calls_out_remembers_the_key_and_asks_no_other_host()
    {
        await using var database = await TestDatabase.CreateAsync(Engine.Sqlite);
        await using var voice = await VoiceHost.StartAsync(database, "--Auth:ApiKeys:0=the-key");
        await using var browser = await Browser.StartAsync();
        var page = await browser.OpenAsync($"{voice.Address}/swagger");
        var asked = new List<string>();
        page.Request += (_, request) => asked.Add(request.Url);

        await page.Locator("button.authorize").First.ClickAsync();
        await page.GetByLabel("auth-bearer-value").FillAsync("the-key");
        await page.GetByLabel("Apply credentials").First.ClickAsync();
        await page.ReloadAsync();
        await page.Locator("#operations-Recordings-listRecordings").ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Execute", Exact = true }).ClickAsync();

        await page.SeesAsync("next_cursor\": null");
        asked.Should().OnlyContain(url => url.StartsWith(voice.Address) || url.StartsWith("data:"));
        browser.Complaints.Should().BeEmpty();
    }
}
