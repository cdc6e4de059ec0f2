using System.Collections.Frozen;
using FluentValidation;
using FluentValidation.Results;
using Microsoft.AspNetCore.Mvc.ApiExplorer;
using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Voice.Api.Security;

namespace Voice.Api.Binding;

/// <summary>
/// Refuses query members that the action does not have, or that say two things: a filter that is misspelled would be a filter that is not
/// there, and so would one of two. The provider alone may add what it likes to the addresses that it calls.
/// </summary>
internal sealed class KnownQueryMembers(IApiDescriptionGroupCollectionProvider api) : IResourceFilter
{
    private readonly Lazy<FrozenDictionary<string, string[]>> _known = new(() => api.ApiDescriptionGroups.Items
        .SelectMany(group => group.Items)
        .GroupBy(route => route.ActionDescriptor.Id, route => route.ParameterDescriptions)
        .ToFrozenDictionary(action => action.Key, action => action.First()
            .Where(parameter => parameter.Source == BindingSource.Query).Select(parameter => parameter.Name).ToArray()));

    /// <exception cref="ValidationException">A member is unknown, or has two values.</exception>
    public void OnResourceExecuting(ResourceExecutingContext context)
    {
        var request = context.HttpContext.Request;
        if (!request.QueryString.HasValue) return;
        if (context.ActionDescriptor.EndpointMetadata.OfType<RequireWebhookSecretAttribute>().Any()) return;
        if (!_known.Value.TryGetValue(context.ActionDescriptor.Id, out var known)) return; // A page, not the API.
        if (context.ActionDescriptor.EndpointMetadata.OfType<ReadableByTokenAttribute>().Any())
            known = [.. known, ReadableByTokenAttribute.Member];
        var unknown = request.Query.Keys.Except(known, StringComparer.OrdinalIgnoreCase).ToList();
        var twice = request.Query.Where(member => member.Value.Distinct().Count() > 1).Select(member => member.Key).ToList();
        if (twice.Count > 0) throw new ValidationException(
            twice.Select(name => new ValidationFailure(name, "This was sent twice, with two values.")));
        if (unknown.Count == 0) return;
        var sentence = known.Length == 0
            ? "This address takes no query members."
            : $"There is no such query member here; there are {string.Join(", ", known)}.";
        throw new ValidationException(unknown.Select(name => new ValidationFailure(name.Length == 0 ? "query" : name, sentence)));
    }

    public void OnResourceExecuted(ResourceExecutedContext context)
    {
    }
}
