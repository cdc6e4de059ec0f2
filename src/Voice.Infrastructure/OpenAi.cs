using System.Net.Http.Headers;

namespace Voice.Infrastructure;

/// <summary>Requests to any server that speaks OpenAI's API.</summary>
internal static class OpenAi
{
    /// <summary>A request that is ready to be sent.</summary>
    /// <param name="server">The server, without <c>/v1</c>.</param>
    /// <param name="path">The rest of the address.</param>
    /// <param name="apiKey">Empty: the server wants none.</param>
    /// <param name="content">The body.</param>
    public static HttpRequestMessage Post(Uri server, string path, string apiKey, HttpContent content)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, server.ToString().TrimEnd('/') + path) { Content = content };
        if (apiKey.Length > 0) request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", apiKey);
        return request;
    }
}
