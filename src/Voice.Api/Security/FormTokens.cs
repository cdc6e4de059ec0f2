using System.Xml.Linq;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.AspNetCore.DataProtection.Repositories;
using Microsoft.AspNetCore.Mvc;
using Voice.Application.Access;

namespace Voice.Api.Security;

/// <summary>
/// Tokens in forms, so that no other site can send one in somebody's name, and the cookie that tells the next page what a form did; any
/// instance takes what another handed out.
/// </summary>
internal static class FormTokens
{
    public static void AddFormTokens(this IServiceCollection services)
    {
        services.AddAntiforgery(options =>
        {
            options.Cookie = new() { Name = "voice-forms", HttpOnly = true, SameSite = SameSiteMode.Strict };
            options.FormFieldName = "form_token";
            options.SuppressXFrameOptionsHeader = true; // The policy of the pages says it.
        });
        services.Configure<CookieTempDataProviderOptions>(options =>
        {
            options.Cookie.Name = "voice-told";
            options.Cookie.SameSite = SameSiteMode.Strict;
            options.Cookie.IsEssential = true;
        });
        services.AddDataProtection().SetApplicationName("Voice");
        services.AddOptions<KeyManagementOptions>().Configure<IFormKeys>((options, keys) => options.XmlRepository = new Shelf(keys));
    }

    private sealed class Shelf(IFormKeys keys) : IXmlRepository
    {
        public IReadOnlyCollection<XElement> GetAllElements() => [.. keys.Find().Select(XElement.Parse)];

        public void StoreElement(XElement element, string friendlyName) =>
            keys.Add(friendlyName, element.ToString(SaveOptions.DisableFormatting));
    }
}
